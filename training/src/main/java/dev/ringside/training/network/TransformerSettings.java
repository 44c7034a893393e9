package dev.ringside.training.network;

/**
 * The sizes of an FT-Transformer (Gorishniy et al. 2021).
 *
 * @param token how many numbers a token has, a multiple of the heads
 * @param blocks how many blocks follow each other
 * @param heads of each block's attention
 * @param feedForward how many numbers a block's gated unit has
 * @param attentionDropout the share of the attention's weights that are set to 0 during training
 */
public record TransformerSettings(int token, int blocks, int heads, int feedForward, double attentionDropout) {
    /** Checks that heads divide a token. */
    public TransformerSettings {
        if (token % heads != 0) {
            throw new IllegalArgumentException(
                    "a token of " + token + " numbers cannot be cut for " + heads + " heads: expected a multiple");
        }
    }
}
