package dev.ringside.app.platform;

/** Stands for the packaged application in a test: never gets ready, or fails at once when it is told to. */
final class StubApplication {
    private StubApplication() {}

    public static void main(String... arguments) throws InterruptedException {
        System.out.println("arguments " + String.join(" ", arguments));
        if (Boolean.getBoolean("ringside.stub.fails")) {
            System.out.println("port 7070 is taken");
            System.exit(3);
        }
        Thread.sleep(60_000);
    }
}
