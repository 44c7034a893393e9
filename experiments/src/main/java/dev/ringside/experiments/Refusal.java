package dev.ringside.experiments;

/** An order that was understood and is not carried out. The message says what stands against it and what to do. */
public final class Refusal extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final Kind kind;

    /** Why. */
    public enum Kind {
        /** It names something that does not exist. */
        UNKNOWN,
        /** The state of things does not allow it. */
        CONFLICT,
        /** More bytes than are taken. */
        TOO_LARGE,
        /** It will be possible later; try again. */
        NOT_YET
    }

    private Refusal(Kind kind, String message) {
        super(message);
        this.kind = kind;
    }

    /** It names something that does not exist. */
    public static Refusal unknown(String message) {
        return new Refusal(Kind.UNKNOWN, message);
    }

    /** The state of things does not allow it. */
    public static Refusal conflict(String message) {
        return new Refusal(Kind.CONFLICT, message);
    }

    /** More bytes than are taken. */
    public static Refusal tooLarge(String message) {
        return new Refusal(Kind.TOO_LARGE, message);
    }

    /** It will be possible later. */
    public static Refusal notYet(String message) {
        return new Refusal(Kind.NOT_YET, message);
    }

    /** Why. */
    public Kind kind() {
        return kind;
    }

    @Override
    public String getMessage() {
        String message = super.getMessage();
        return message == null ? "" : message;
    }
}
