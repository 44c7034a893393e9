package dev.ringside.serving.batching;

import dev.ringside.contract.inference.CallTrace;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Tells those who trace requests of the runs that these took part in; where nobody does, nothing is made. */
final class RunTraces {
    private RunTraces() {}

    /** Makes the first one's trace that of this thread, if it is traced, until what is returned is closed. */
    static CallTrace.Current enter(List<Ticket> tickets) {
        CallTrace first = tickets.getFirst().request().trace();
        return first == null ? CallTrace.Current.NONE : first.enter();
    }

    /** @param failure why the run gave no outputs; null if it did */
    static void tell(List<Ticket> tickets, long began, long ended, @Nullable Throwable failure) {
        if (!anyTraced(tickets)) {
            return;
        }
        long rows = 0;
        var traced = new ArrayList<CallTrace>(tickets.size());
        for (Ticket ticket : tickets) {
            rows += ticket.rows();
            CallTrace trace = ticket.request().trace();
            if (trace != null) {
                traced.add(trace);
            }
        }
        var run = new CallTrace.Run(began, ended, rows, tickets.size(), traced, failure);
        for (Ticket ticket : tickets) {
            CallTrace trace = ticket.request().trace();
            if (trace != null) {
                trace.ran(ticket.rows(), run);
            }
        }
    }

    private static boolean anyTraced(List<Ticket> tickets) {
        for (int i = 0; i < tickets.size(); i++) {
            if (tickets.get(i).request().trace() != null) {
                return true;
            }
        }
        return false;
    }
}
