package dev.ringside.serving.batching;

import dev.ringside.contract.inference.Deadline;
import dev.ringside.contract.inference.Tensor;
import dev.ringside.engine.ModelFailure;
import dev.ringside.engine.ModelInstance;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.function.LongSupplier;

/** One place where a model runs, with its thread. Answers every ticket that it is given. */
final class Instance {
    private final ModelInstance model;
    private final ExecutorService thread;
    private final LongSupplier ticker;

    /** @param ticker nanoseconds */
    Instance(ModelInstance model, ExecutorService thread, LongSupplier ticker) {
        this.model = model;
        this.thread = thread;
        this.ticker = ticker;
    }

    ExecutorService thread() {
        return thread;
    }

    /** Runs requests and answers them, each but those that nobody waits for any more. On its thread. */
    void run(List<Ticket> batch) {
        var live = new ArrayList<Ticket>(batch.size());
        long now = ticker.getAsLong();
        for (Ticket ticket : batch) {
            boolean begins = !ticket.isDone() && !ticket.isLate(now);
            ticket.left(now, begins);
            if (begins) {
                live.add(ticket);
            } else {
                ticket.late();
            }
        }
        if (live.size() == 1) {
            alone(live.getFirst());
        } else if (!live.isEmpty()) {
            together(live);
        }
    }

    /** One that fails fails alone, so a joined run that fails is run again one by one. */
    private void together(List<Ticket> tickets) {
        List<List<Tensor>> answers;
        try {
            answers = outputs(tickets);
        } catch (Throwable e) {
            tickets.forEach(this::again);
            return;
        }
        var suspects = new ArrayList<Ticket>(0);
        for (int i = 0; i < tickets.size(); i++) {
            if (isFinite(answers.get(i))) {
                tickets.get(i).complete(answers.get(i));
            } else {
                suspects.add(tickets.get(i));
            }
        }
        // What one row has that is not finite may have spread to the others', with a model that adds them to nothing.
        suspects.forEach(this::again);
    }

    private static boolean isFinite(List<Tensor> outputs) {
        for (Tensor output : outputs) {
            if (output.data().firstNotFinite() >= 0) {
                return false;
            }
        }
        return true;
    }

    private void again(Ticket ticket) {
        if (ticket.isDone()) {
            return;
        }
        if (ticket.isLate(ticker.getAsLong())) {
            ticket.late();
        } else {
            alone(ticket);
        }
    }

    private void alone(Ticket ticket) {
        try {
            ticket.complete(outputs(List.of(ticket)).getFirst());
        } catch (Throwable e) {
            ticket.completeExceptionally(e);
        }
    }

    private List<List<Tensor>> outputs(List<Ticket> tickets) throws ModelFailure {
        var inputs = new ArrayList<List<Tensor>>(tickets.size());
        for (Ticket ticket : tickets) {
            inputs.add(ticket.request().inputs());
        }
        long began = ticker.getAsLong();
        try {
            model.feed(inputs);
            long fed = ticker.getAsLong();
            try (var _ = RunTraces.enter(tickets)) {
                model.run(tickets.getFirst().request().outputs(), latest(tickets));
            }
            long ran = ticker.getAsLong();
            List<List<Tensor>> answers = model.take();
            long taken = ticker.getAsLong();
            tell(tickets, fed - began, ran - fed, taken - ran);
            RunTraces.tell(tickets, began, taken, null);
            return answers;
        } catch (Throwable e) {
            RunTraces.tell(tickets, began, ticker.getAsLong(), e);
            throw e;
        }
    }

    private static Deadline latest(List<Ticket> tickets) {
        Deadline latest = tickets.getFirst().request().deadline();
        for (Ticket ticket : tickets) {
            Deadline other = ticket.request().deadline();
            latest = other.at() - latest.at() > 0 ? other : latest;
        }
        return latest;
    }

    private static void tell(List<Ticket> tickets, long input, long infer, long output) {
        long all = 0;
        for (Ticket ticket : tickets) {
            all += ticket.rows();
        }
        RunMeter first = tickets.getFirst().request().meter();
        boolean isOnly = true;
        for (Ticket ticket : tickets) {
            isOnly &= ticket.request().meter().equals(first);
        }
        if (isOnly) {
            first.ran(new BatchRun(tickets.size(), all, all, input, infer, output));
            return;
        }
        // Versions that share a file share its runs.
        Map<RunMeter, List<Ticket>> meters = new LinkedHashMap<>();
        for (Ticket ticket : tickets) {
            meters.computeIfAbsent(ticket.request().meter(), _ -> new ArrayList<>())
                    .add(ticket);
        }
        for (Map.Entry<RunMeter, List<Ticket>> entry : meters.entrySet()) {
            long rows = 0;
            for (Ticket ticket : entry.getValue()) {
                rows += ticket.rows();
            }
            entry.getKey().ran(new BatchRun(entry.getValue().size(), rows, all, input, infer, output));
        }
    }

    /** Frees its memory and lets its thread go; nothing may be under way. */
    void close() {
        thread.shutdown();
        model.close();
    }
}
