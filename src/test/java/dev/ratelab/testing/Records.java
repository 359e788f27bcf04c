package dev.ratelab.testing;

import java.lang.reflect.Constructor;
import java.lang.reflect.RecordComponent;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** Copies of records of which a few components differ. */
public final class Records {
    private Records() {}

    /**
     * A copy.
     *
     * @param changes new values by the names of the components
     * @throws IllegalArgumentException if there is no such component
     */
    public static <T extends Record> T with(T record, Map<String, ?> changes) {
        RecordComponent[] components = record.getClass().getRecordComponents();
        Class<?>[] types = new Class<?>[components.length];
        Object[] values = new Object[components.length];
        Set<String> left = new HashSet<>(changes.keySet());
        try {
            for (int c = 0; c < components.length; c++) {
                String name = components[c].getName();
                types[c] = components[c].getType();
                components[c].getAccessor().setAccessible(true);
                values[c] = left.remove(name)
                        ? changes.get(name)
                        : components[c].getAccessor().invoke(record);
            }
            if (!left.isEmpty()) {
                throw new IllegalArgumentException("no component " + left + " of " + record.getClass());
            }
            @SuppressWarnings("unchecked")
            Constructor<T> constructor = (Constructor<T>) record.getClass().getDeclaredConstructor(types);
            constructor.setAccessible(true);
            return constructor.newInstance(values);
        } catch (ReflectiveOperationException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
