package dev.ratelab.store;

import dev.ratelab.study.StudyException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;

/** Keeps two runners on one store apart. The operating system releases it when the runner ends, however it ends. */
public final class StoreLock implements AutoCloseable {
    private final FileChannel channel;
    private final FileLock lock;

    private StoreLock(FileChannel channel, FileLock lock) {
        this.channel = channel;
        this.lock = lock;
    }

    /**
     * Takes the lock.
     *
     * @throws StudyException if another runner holds it
     */
    public static StoreLock take(StoreLayout layout) throws IOException {
        Files.createDirectories(layout.root());
        FileChannel channel = FileChannel.open(layout.lockFile(), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        FileLock lock = null;
        try {
            lock = channel.tryLock();
        } catch (OverlappingFileLockException heldByThisProcess) {
            channel.close();
            throw inUse(layout);
        }
        if (lock == null) {
            channel.close();
            throw inUse(layout);
        }
        return new StoreLock(channel, lock);
    }

    private static StudyException inUse(StoreLayout layout) {
        return new StudyException(
                "another run is at work on " + layout.root() + "; wait for it, or use another directory");
    }

    /**
     * Checks that the lock is still held.
     *
     * @throws IllegalStateException if it is not
     */
    public void requireHeld() {
        if (!lock.isValid()) {
            throw new IllegalStateException("the lock on the store was lost");
        }
    }

    @Override
    public void close() throws IOException {
        lock.release();
        channel.close();
    }
}
