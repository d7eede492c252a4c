package dev.heddle.agent.core.install;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.File;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import org.jspecify.annotations.Nullable;

/**
 * Woven classes of an earlier start, each beside the bytes it was woven from: what is equal to
 * those needs no Byte Buddy. One file in the state directory, read in one go before the first class
 * is woven and written whole by {@link #save}.
 *
 * <p>Files are read and written with {@code java.io} alone: {@code java.nio.file} loads classes
 * that are woven. No temporary file and no message digest is made while a class loads; on newer
 * JVMs both end in a ClassCircularityError.
 */
public final class WeaveCache {

  private static final int MAGIC = 0x48454457; // "HEDW"

  /** Bytes of a file; a woven class has some 50 KB, and few are hooked. */
  static final int MAX_FILE_BYTES = 16 * 1024 * 1024;

  /** Classes kept; several versions of a library may share a state directory. */
  static final int MAX_ENTRIES = 256;

  private static final class Entry {
    final String name;
    final byte[] original;
    final byte[] woven;

    Entry(String name, byte[] original, byte[] woven) {
      this.name = name;
      this.original = original;
      this.woven = woven;
    }
  }

  private final @Nullable File file;
  private final String key;
  private final Map<String, List<Entry>> entries = new ConcurrentHashMap<>();
  private volatile boolean changed;

  private WeaveCache(@Nullable File file, String key) {
    this.file = file;
    this.key = key;
  }

  /** A cache that keeps nothing between starts. */
  public static WeaveCache none() {
    return new WeaveCache(null, "");
  }

  /**
   * Reads what an earlier start left; a file that is missing, broken or of another key is as good
   * as empty.
   *
   * @param file in the state directory
   * @param key what woven bytes depend on beside the original: the agent's jar and the JDK
   */
  public static WeaveCache read(File file, String key) {
    WeaveCache cache = new WeaveCache(file, key);
    try {
      cache.readAll(file);
    } catch (IOException | RuntimeException e) {
      cache.entries.clear(); // a miss weaves anew, and save replaces the file
    }
    return cache;
  }

  boolean isEmpty() {
    return entries.isEmpty();
  }

  /** The woven bytes, or null unless this very class was woven before. */
  byte @Nullable [] find(String name, byte[] original) {
    for (Entry entry : entries.getOrDefault(name, Collections.<Entry>emptyList())) {
      if (Arrays.equals(entry.original, original)) {
        return entry.woven;
      }
    }
    return null;
  }

  /** Keeps a class for later starts. */
  void add(String name, byte[] original, byte[] woven) {
    if (file != null) {
      put(new Entry(name, original, woven));
      changed = true;
    }
  }

  private void put(Entry entry) {
    entries.merge(entry.name, Collections.singletonList(entry), WeaveCache::joined);
  }

  private static List<Entry> joined(List<Entry> before, List<Entry> more) {
    List<Entry> all = new ArrayList<>(before);
    all.addAll(more);
    return all;
  }

  /**
   * Replaces the file if a class was woven that it does not hold. Not to be called while a class
   * loads.
   *
   * @throws IOException if the directory cannot be written; the next start weaves again
   */
  public synchronized void save() throws IOException {
    if (file == null || !changed) {
      return;
    }
    changed = false;
    byte[] content = content();
    File folder = file.getAbsoluteFile().getParentFile();
    if (!folder.isDirectory() && !folder.mkdirs()) {
      throw new IOException(folder + " is no directory and cannot be made one");
    }
    // Another JVM may write at the same time: each its own file, the last rename stays. No random
    // name, for that would start the app's SecureRandom early; a clash is told by the checksum.
    File whole = new File(folder, file.getName() + "." + Long.toHexString(System.nanoTime()));
    try (FileOutputStream out = new FileOutputStream(whole)) {
      out.write(content);
    } catch (IOException e) {
      whole.delete();
      throw e;
    }
    if (!whole.renameTo(file)) {
      whole.delete();
      throw new IOException(file + " cannot be replaced");
    }
  }

  private byte[] content() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(bytes);
    out.writeInt(MAGIC);
    out.writeUTF(key);
    int room = MAX_ENTRIES;
    for (List<Entry> sameName : entries.values()) {
      for (Entry entry : sameName) {
        long size = (long) bytes.size() + entry.original.length + entry.woven.length;
        if (room > 0 && size < MAX_FILE_BYTES / 2) {
          room--;
          out.writeBoolean(true);
          out.writeUTF(entry.name);
          write(out, entry.original);
          write(out, entry.woven);
        }
      }
    }
    out.writeBoolean(false);
    CRC32 sum = new CRC32();
    sum.update(bytes.toByteArray());
    out.writeLong(sum.getValue());
    return bytes.toByteArray();
  }

  private static void write(DataOutputStream out, byte[] bytes) throws IOException {
    out.writeInt(bytes.length);
    out.write(bytes);
  }

  private void readAll(File from) throws IOException {
    if (from.length() > MAX_FILE_BYTES) {
      throw new IOException(from.length() + " bytes, expected at most " + MAX_FILE_BYTES);
    }
    CheckedInputStream checked =
        new CheckedInputStream(new BufferedInputStream(new FileInputStream(from)), new CRC32());
    try (DataInputStream in = new DataInputStream(checked)) {
      if (in.readInt() != MAGIC || !in.readUTF().equals(key)) {
        throw new IOException("not a cache of this agent on this JDK");
      }
      while (in.readBoolean()) {
        put(new Entry(in.readUTF(), bytes(in), bytes(in)));
      }
      long sum = checked.getChecksum().getValue();
      if (in.readLong() != sum) {
        throw new IOException("the checksum does not fit");
      }
    }
  }

  private static byte[] bytes(DataInputStream in) throws IOException {
    int length = in.readInt();
    if (length < 0 || length > MAX_FILE_BYTES) {
      throw new IOException(length + " bytes of a class");
    }
    byte[] bytes = new byte[length];
    in.readFully(bytes);
    return bytes;
  }
}
