package dev.heddle.agent.dist;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URL;
import java.nio.charset.StandardCharsets;

/** An app that calls a host which only the mesh knows, and prints what it hears. */
public final class MeshApp {

  private MeshApp() {}

  /**
   * Prints the first line of the answer, or the exception's class.
   *
   * @param arguments the URL
   */
  public static void main(String[] arguments) {
    try (BufferedReader in =
        new BufferedReader(
            new InputStreamReader(new URL(arguments[0]).openStream(), StandardCharsets.UTF_8))) {
      System.out.println(in.readLine());
    } catch (IOException e) {
      System.out.println(e.getClass().getSimpleName());
    }
  }
}
