package dev.ratelab.spark;

import dev.ratelab.model.Block;
import java.io.Serializable;

/**
 * A chunk of rows, as executors keep it.
 *
 * @param chunk its number, from 0
 * @param blocks its blocks; shared, not modified
 */
record ChunkBlocks(int chunk, Block[] blocks) implements Serializable {}
