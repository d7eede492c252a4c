package dev.heddle.agent.bootstrap;

import java.io.File;
import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.security.AllPermission;
import java.security.CodeSource;
import java.security.Permissions;
import java.security.ProtectionDomain;
import java.security.cert.Certificate;
import java.util.Collections;
import java.util.Enumeration;
import java.util.jar.JarFile;

/**
 * Loads the agent proper from {@code inst/} inside the agent's jar, where no app's loader looks.
 */
public final class AgentClassLoader extends ClassLoader {

  static {
    registerAsParallelCapable();
  }

  private static final String BOOTSTRAP = "dev.heddle.agent.bootstrap.";
  private static final String FOLDER = "inst/";

  private final JarFile jar;
  private final String jarUrl;
  private final ProtectionDomain domain;

  AgentClassLoader(File file, JarFile jar, ClassLoader parent) throws IOException {
    super(parent);
    this.jar = jar;
    this.jarUrl = "jar:" + file.toURI() + "!/" + FOLDER;
    Permissions all = new Permissions();
    all.add(new AllPermission());
    CodeSource source = new CodeSource(file.toURI().toURL(), (Certificate[]) null);
    this.domain = new ProtectionDomain(source, all, this, null);
  }

  @Override
  protected Class<?> findClass(String name) throws ClassNotFoundException {
    if (name.startsWith(BOOTSTRAP)) {
      return Class.forName(name, false, AgentClassLoader.class.getClassLoader());
    }
    byte[] bytes = classBytes(name);
    if (bytes == null) {
      throw new ClassNotFoundException(name);
    }
    return defineClass(name, bytes, 0, bytes.length, domain);
  }

  /** The bytes of a class of the agent, or null if it has none of this name. */
  @SuppressWarnings("NullAway") // @Nullable would be a dependency; the bootstrap has none
  public byte[] classBytes(String name) throws ClassNotFoundException {
    try {
      return JarEntries.read(jar, FOLDER + name.replace('.', '/') + ".classdata");
    } catch (IOException e) {
      throw new ClassNotFoundException(name, e);
    }
  }

  @Override
  @SuppressWarnings("NullAway") // ClassLoader's contract: null if there is none
  protected URL findResource(String name) {
    String stored =
        name.endsWith(".class")
            ? name.substring(0, name.length() - ".class".length()) + ".classdata"
            : name;
    try {
      return jar.getJarEntry(FOLDER + stored) == null ? null : new URL(jarUrl + stored);
    } catch (MalformedURLException e) {
      return null;
    }
  }

  @Override
  protected Enumeration<URL> findResources(String name) {
    URL found = findResource(name);
    return found == null
        ? Collections.<URL>emptyEnumeration()
        : Collections.enumeration(Collections.singleton(found));
  }
}
