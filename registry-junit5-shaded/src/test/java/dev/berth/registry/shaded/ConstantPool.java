package dev.berth.registry.shaded;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * The constants of a class file, as the Java Virtual Machine Specification lays them out in §4.4: all that the class knows of
 * the world by name.
 *
 * @param texts every text: names, descriptors, signatures and strings
 * @param classes the classes that are referred to, with slashes; of an array the class of its elements
 */
record ConstantPool(List<String> texts, List<String> classes) {

    private static final Pattern ARRAY_OF_PRIMITIVES = Pattern.compile("\\[+[BCDFIJSZ]");

    static ConstantPool read(InputStream classFile) throws IOException {
        DataInputStream in = new DataInputStream(classFile);
        in.skipNBytes(8); // magic and version
        int count = in.readUnsignedShort();
        Map<Integer, String> texts = new HashMap<>();
        List<Integer> classes = new ArrayList<>();
        for (int i = 1; i < count; i++) {
            int tag = in.readUnsignedByte();
            switch (tag) {
                case 1 -> texts.put(i, in.readUTF());
                case 3, 4, 9, 10, 11, 12, 17, 18 -> in.skipNBytes(4);
                case 5, 6 -> {
                    in.skipNBytes(8);
                    i++; // a long and a double count twice
                }
                case 7 -> classes.add(in.readUnsignedShort());
                case 8, 16, 19, 20 -> in.skipNBytes(2);
                case 15 -> in.skipNBytes(3);
                default -> throw new IOException("There is no constant of kind " + tag);
            }
        }
        return new ConstantPool(
                List.copyOf(texts.values()),
                classes.stream()
                        .map(texts::get)
                        .filter(name -> !ARRAY_OF_PRIMITIVES.matcher(name).matches())
                        .map(ConstantPool::element)
                        .distinct()
                        .toList());
    }

    private static String element(String name) {
        return name.startsWith("[") ? name.substring(name.lastIndexOf('[') + 2, name.length() - 1) : name;
    }
}
