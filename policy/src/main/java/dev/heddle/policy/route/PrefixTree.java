package dev.heddle.policy.route;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Prefixes in a radix tree: every node on the way down is a prefix of the path looked up. It has at
 * most two nodes for each prefix, however long they are.
 */
public final class PrefixTree {

  private final Node root = new Node("");

  /** Where every way down begins: the empty prefix. */
  public Node root() {
    return root;
  }

  /** Adds an ordinal, greater than those added before, to those of a prefix. */
  public void add(String prefix, int ordinal) {
    Node node = root;
    int at = 0;
    while (at < prefix.length()) {
      node = node.towards(prefix, at);
      at += node.edge.length();
    }
    node.ordinals = Arrays.copyOf(node.ordinals, node.ordinals.length + 1);
    node.ordinals[node.ordinals.length - 1] = ordinal;
  }

  /** The end of an edge; its children are sorted by the first character of theirs. */
  public static final class Node {
    private static final int[] NOTHING = {};

    private String edge;
    private char[] keys = {};
    private Node[] children = {};
    private int[] ordinals = NOTHING;

    private Node(String edge) {
      this.edge = edge;
    }

    /** What ends here, in ascending order. */
    public int[] ordinals() {
      return ordinals;
    }

    /** Characters of the edge that leads here. */
    public int length() {
      return edge.length();
    }

    /** The next node on the way of the part of the path from at to end, or null. */
    public @Nullable Node next(String path, int at, int end) {
      int found = at < end ? Arrays.binarySearch(keys, path.charAt(at)) : -1;
      if (found < 0) {
        return null;
      }
      Node child = children[found];
      return at + child.edge.length() <= end && path.startsWith(child.edge, at) ? child : null;
    }

    /** The next node on the way of a prefix, made or split off where there is none. */
    private Node towards(String prefix, int at) {
      int found = Arrays.binarySearch(keys, prefix.charAt(at));
      if (found < 0) {
        return insert(-found - 1, new Node(prefix.substring(at)));
      }
      Node child = children[found];
      int common = common(child.edge, prefix, at);
      if (common == child.edge.length()) {
        return child;
      }
      Node middle = new Node(child.edge.substring(0, common));
      child.edge = child.edge.substring(common);
      middle.insert(0, child);
      children[found] = middle;
      return middle;
    }

    private static int common(String edge, String prefix, int at) {
      int length = Math.min(edge.length(), prefix.length() - at);
      int common = 0;
      while (common < length && edge.charAt(common) == prefix.charAt(at + common)) {
        common++;
      }
      return common;
    }

    private Node insert(int at, Node child) {
      char[] moreKeys = new char[keys.length + 1];
      Node[] moreChildren = new Node[keys.length + 1];
      System.arraycopy(keys, 0, moreKeys, 0, at);
      System.arraycopy(children, 0, moreChildren, 0, at);
      System.arraycopy(keys, at, moreKeys, at + 1, keys.length - at);
      System.arraycopy(children, at, moreChildren, at + 1, keys.length - at);
      moreKeys[at] = child.edge.charAt(0);
      moreChildren[at] = child;
      keys = moreKeys;
      children = moreChildren;
      return child;
    }
  }
}
