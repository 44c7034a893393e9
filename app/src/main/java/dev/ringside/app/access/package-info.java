/** Who may ask this process for what: hosts and origins, API keys and their roles. OIDC will be another way to a role. */
@NullMarked
package dev.ringside.app.access;

import org.jspecify.annotations.NullMarked;
