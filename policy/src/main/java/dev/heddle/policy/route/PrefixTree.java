package dev.heddle.policy.route;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Prefixes by their characters; every node on the way down is a prefix of the path looked up. */
final class PrefixTree {

  private final Node root = new Node();

  Node root() {
    return root;
  }

  void add(String prefix, int ordinal) {
    Node node = root;
    for (int i = 0; i < prefix.length(); i++) {
      node = node.childOrNew(prefix.charAt(i));
    }
    node.ordinals = Arrays.copyOf(node.ordinals, node.ordinals.length + 1);
    node.ordinals[node.ordinals.length - 1] = ordinal;
  }

  /** One character position; its children are sorted by their character. */
  static final class Node {
    private static final int[] NOTHING = {};

    private char[] keys = {};
    private Node[] children = {};
    private int[] ordinals = NOTHING;

    int[] ordinals() {
      return ordinals;
    }

    @Nullable Node child(char key) {
      int at = Arrays.binarySearch(keys, key);
      return at < 0 ? null : children[at];
    }

    private Node childOrNew(char key) {
      int at = Arrays.binarySearch(keys, key);
      return at >= 0 ? children[at] : insert(-at - 1, key);
    }

    private Node insert(int at, char key) {
      char[] moreKeys = new char[keys.length + 1];
      Node[] moreChildren = new Node[keys.length + 1];
      System.arraycopy(keys, 0, moreKeys, 0, at);
      System.arraycopy(children, 0, moreChildren, 0, at);
      System.arraycopy(keys, at, moreKeys, at + 1, keys.length - at);
      System.arraycopy(children, at, moreChildren, at + 1, keys.length - at);
      Node child = new Node();
      moreKeys[at] = key;
      moreChildren[at] = child;
      keys = moreKeys;
      children = moreChildren;
      return child;
    }
  }
}
