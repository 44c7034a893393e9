/** Trainings that several processes, or several devices, share: how they find each other, work and end together. */
@NullMarked
package dev.ringside.training.distributed;

import org.jspecify.annotations.NullMarked;
