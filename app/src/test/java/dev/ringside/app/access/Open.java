package dev.ringside.app.access;

/** What a process answers without a key. */
public final class Open {
    private Open() {}

    /** Whether nobody has to prove who they are for it, and it is an operation by itself. */
    public static boolean isOpen(String path) {
        return Permissions.operations().contains("GET " + path) && Permissions.isOpen("GET", path);
    }
}
