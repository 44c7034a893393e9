package dev.ringside.app.wiring;

import dev.ringside.app.http.RoutedModels;
import dev.ringside.router.route.Predictor;

/**
 * The models behind the router: this process's, or a server's.
 *
 * @param readiness whether one of them can answer
 * @param connection what is closed when nobody asks them any more
 */
record Backends(Predictor predictor, RoutedModels.ServerReadiness readiness, AutoCloseable connection) {}
