package dev.ringside.contract;

/**
 * Input from outside that breaks a rule. The message says which field, what was expected and what came, so that it can
 * be shown to the sender as it is. Over HTTP it is a 400.
 */
public final class InvalidInput extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    private final String field;

    /**
     * @param field the path of the field as the sender wrote it, such as {@code kpis[1].window}
     * @param rule what is expected there and what was found, such as {@code expected a duration like 36h, found "soon"}
     */
    public InvalidInput(String field, String rule) {
        super("'" + field + "': " + rule);
        this.field = field;
    }

    /**
     * As above.
     *
     * @param cause what found it
     */
    public InvalidInput(String field, String rule, Throwable cause) {
        super("'" + field + "': " + rule, cause);
        this.field = field;
    }

    /** The path of the field that is wrong. */
    public String field() {
        return field;
    }

    /** What is wrong there, without the field. */
    public String rule() {
        return getMessage().substring(("'" + field + "': ").length());
    }

    /** The same complaint seen from one level further out: {@code window} becomes {@code kpis[1].window}. */
    public InvalidInput within(String outer) {
        String separator = field.startsWith("[") || field.isEmpty() ? "" : ".";
        return new InvalidInput(outer + separator + field, rule());
    }

    @Override
    public String getMessage() {
        String message = super.getMessage();
        return message == null ? "" : message;
    }

    /** Throws unless the rule holds. */
    public static void require(boolean holds, String field, String rule) {
        if (!holds) {
            throw new InvalidInput(field, rule);
        }
    }
}
