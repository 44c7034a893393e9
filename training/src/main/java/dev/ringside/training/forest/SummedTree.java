package dev.ringside.training.forest;

/**
 * A tree whose leaves are added up with those of others.
 *
 * @param output which sum it adds to
 * @param root its root
 */
public record SummedTree(int output, TreeNode root) {}
