package dev.ratelab.store;

import dev.ratelab.study.StudyException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Objects;

/**
 * Keeps two runners on one store apart. The operating system releases it when the runner ends, however it ends.
 *
 * <p>What is locked is a file, not its name: if somebody deletes the file, as with the whole store, the next runner locks another one.
 */
public final class StoreLock implements AutoCloseable {
    private final Path file;
    private final FileChannel channel;
    private final FileLock lock;
    private final Object identity;

    private StoreLock(Path file, FileChannel channel, FileLock lock) throws IOException {
        this.file = file;
        this.channel = channel;
        this.lock = lock;
        identity = identity(file);
    }

    /** What tells a file from others of the same name, where the file system knows it. */
    private static Object identity(Path file) throws IOException {
        return Files.readAttributes(file, BasicFileAttributes.class).fileKey();
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
        return new StoreLock(layout.lockFile(), channel, lock);
    }

    private static StudyException inUse(StoreLayout layout) {
        return new StudyException(
                "another run is at work on " + layout.root() + "; wait for it, or use another directory");
    }

    /**
     * Checks that this runner has not given the lock back, and that the file that it locked is still in its place. A file system that
     * forgets locks, as one over a network may, is not noticed.
     *
     * @throws IOException if another runner could hold the store by now
     */
    public void requireHeld() throws IOException {
        boolean inPlace = Files.exists(file) && Objects.equals(identity, identity(file));
        if (!lock.isValid() || !inPlace) {
            throw new IOException(
                    "the lock " + file + " was deleted or given back while the run was at work; another run"
                            + " could write there too, so this one has ended: run the command again");
        }
    }

    @Override
    public void close() throws IOException {
        lock.release();
        channel.close();
    }
}
