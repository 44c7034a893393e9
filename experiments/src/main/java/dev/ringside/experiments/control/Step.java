package dev.ringside.experiments.control;

import dev.ringside.experiments.experiment.Holdbacks;
import dev.ringside.experiments.experiment.LettingGo;
import dev.ringside.experiments.experiment.Waves;
import dev.ringside.experiments.fleet.FleetAudit;
import dev.ringside.experiments.look.ClosedHoldbacks;
import dev.ringside.experiments.look.Looks;
import dev.ringside.experiments.retirement.Retirement;
import dev.ringside.experiments.retirement.VersionRetirement;
import dev.ringside.experiments.routing.RoutingState;
import dev.ringside.experiments.slot.FirstChampion;
import dev.ringside.experiments.store.Store;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;

/**
 * What the control plane does by itself, in one step: audits what happened elsewhere, retires routers that are
 * silent for too long, makes looks that are due, begins waves. By the wall clock it is run every few seconds; in a replay the barrier runs the part that decides.
 */
public final class Step {
    private final Store store;
    private final FleetAudit fleetAudit;
    private final Retirement retirement;
    private final FirstChampion firstChampion;
    private final Looks looks;
    private final Waves waves;
    private final Holdbacks holdbacks;
    private final ClosedHoldbacks closedHoldbacks;
    private final VersionRetirement versions;
    private final LettingGo lettingGo;
    private final RoutingState routing;
    private final boolean wallClock;
    private final ReentrantLock one = new ReentrantLock();

    /** @param wallClock whether time goes on by itself; if not, {@link #run()} decides nothing */
    public Step(
            Store store,
            FleetAudit fleetAudit,
            Retirement retirement,
            FirstChampion firstChampion,
            Looks looks,
            Waves waves,
            Holdbacks holdbacks,
            ClosedHoldbacks closedHoldbacks,
            VersionRetirement versions,
            LettingGo lettingGo,
            RoutingState routing,
            boolean wallClock) {
        this.store = store;
        this.fleetAudit = fleetAudit;
        this.retirement = retirement;
        this.firstChampion = firstChampion;
        this.looks = looks;
        this.waves = waves;
        this.holdbacks = holdbacks;
        this.closedHoldbacks = closedHoldbacks;
        this.versions = versions;
        this.lettingGo = lettingGo;
        this.routing = routing;
        this.wallClock = wallClock;
    }

    /** One step; what is due and not done is done by the next. */
    public void run() {
        one.lock();
        try {
            fleetAudit.run(store);
            retirement.run(store);
            firstChampion.run(store);
            versions.run(store);
            if (wallClock) {
                decide();
            }
        } finally {
            one.unlock();
        }
    }

    /**
     * Makes the looks that are due, begins the waves that are, and ends the enrolment of regions whose time is up; returns
     * what stands in the way of a look.
     */
    List<String> decide() {
        one.lock();
        try {
            List<String> waits = looks.run();
            waves.run(store);
            holdbacks.run(store);
            closedHoldbacks.run(store);
            lettingGo.run(store);
            if (store.read(routing::isStale)) {
                store.write(tx -> null);
            }
            return waits;
        } finally {
            one.unlock();
        }
    }
}
