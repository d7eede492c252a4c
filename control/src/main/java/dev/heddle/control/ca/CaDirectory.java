package dev.heddle.control.ca;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/** The files of an authority. Names are Istio's, so that a root can be shared with it. */
public final class CaDirectory {

  /** Bytes of one file: hundreds of certificates. */
  private static final long MAX_FILE_BYTES = 1 << 20;

  private final Path directory;
  private final InstantSource clock;
  private final SecureRandom random;

  /** Nothing is read or made yet. */
  public CaDirectory(Path directory, InstantSource clock, SecureRandom random) {
    this.directory = directory;
    this.clock = clock;
    this.random = random;
  }

  /** What is there; a root is made where there is nothing. IOException says which file is wrong. */
  CaMaterial open(String trustDomain) throws IOException {
    PrivateFiles.createDirectory(directory);
    if (Files.exists(file(CaFiles.CERTIFICATE))) {
      return load();
    }
    return PrivateFiles.alone(directory, () -> make(trustDomain));
  }

  /** The same, at no moment between two files of a change; waits for it to end. */
  CaMaterial openAlone(String trustDomain) throws IOException {
    PrivateFiles.createDirectory(directory);
    return Files.isWritable(directory)
        ? PrivateFiles.alone(directory, () -> make(trustDomain))
        : load();
  }

  private CaMaterial make(String trustDomain) throws IOException {
    if (Files.exists(file(CaFiles.CERTIFICATE))) {
      return load();
    }
    for (String rest : List.of(CaFiles.KEY, CaFiles.ROOTS)) {
      if (Files.exists(file(rest))) {
        throw new IOException(
            file(rest)
                + " is there without "
                + CaFiles.CERTIFICATE
                + " (expected: both, or neither to have a root made)");
      }
    }
    Issuer root = RootCertificate.make(trustDomain, clock.instant(), random);
    PrivateFiles.write(file(CaFiles.KEY), Pem.of(root.key()));
    PrivateFiles.write(file(CaFiles.ROOTS), Pem.of(root.certificate()));
    PrivateFiles.write(file(CaFiles.CERTIFICATE), Pem.of(root.certificate()));
    return load();
  }

  /** What is there now. */
  CaMaterial load() throws IOException {
    List<X509Certificate> roots = certificates(CaFiles.ROOTS);
    X509Certificate certificate = certificates(CaFiles.CERTIFICATE).getFirst();
    List<X509Certificate> pool =
        Files.exists(file(CaFiles.CHAIN)) ? certificates(CaFiles.CHAIN) : List.of();
    PrivateKey key = privateKeys(CaFiles.KEY).getFirst();
    try {
      return new CaMaterial(Issuer.of(key, certificate, pool, roots), roots);
    } catch (IOException e) {
      throw new IOException(directory + ": " + e.getMessage(), e);
    }
  }

  /** The keys of workload tokens; made where there are none. */
  TokenKeys tokenKeys() throws IOException {
    PrivateFiles.createDirectory(directory);
    Path file = file(CaFiles.TOKEN_KEYS);
    if (!Files.exists(file)) {
      PrivateFiles.alone(directory, () -> makeTokenKey(file));
    }
    return loadTokenKeys();
  }

  private Path makeTokenKey(Path file) throws IOException {
    if (!Files.exists(file)) {
      PrivateFiles.write(file, TokenKeys.generate(random));
    }
    return file;
  }

  /** The keys that are there now. */
  TokenKeys loadTokenKeys() throws IOException {
    if (!Files.exists(file(CaFiles.TOKEN_KEYS))) {
      return TokenKeys.NONE;
    }
    try {
      return TokenKeys.parse(text(CaFiles.TOKEN_KEYS));
    } catch (IOException e) {
      throw told(CaFiles.TOKEN_KEYS, e);
    }
  }

  /** Private keys that others than their owner can read. */
  List<String> keysOpenToOthers() throws IOException {
    List<String> names = List.of(CaFiles.KEY, CaFiles.NEXT_KEY, CaFiles.TOKEN_KEYS);
    List<String> open = new ArrayList<>();
    for (String name : names) {
      if (Files.exists(file(name)) && PrivateFiles.openToOthers(file(name))) {
        open.add(file(name).toString());
      }
    }
    return open;
  }

  /** Differs when any of the files does. */
  String fingerprint() throws IOException {
    List<String> names =
        List.of(CaFiles.CERTIFICATE, CaFiles.KEY, CaFiles.CHAIN, CaFiles.ROOTS, CaFiles.TOKEN_KEYS);
    try {
      MessageDigest hash = MessageDigest.getInstance("SHA-256");
      for (String name : names) {
        hash.update(Pem.bytes(name));
        if (Files.exists(file(name))) {
          hash.update(Pem.bytes(text(name)));
        }
      }
      return HexFormat.of().formatHex(hash.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  Path file(String name) {
    return directory.resolve(name);
  }

  List<X509Certificate> certificates(String name) throws IOException {
    try {
      return Pem.certificates(text(name));
    } catch (IOException e) {
      throw told(name, e);
    }
  }

  private List<PrivateKey> privateKeys(String name) throws IOException {
    try {
      return Pem.privateKeys(text(name));
    } catch (IOException e) {
      throw told(name, e);
    }
  }

  private String text(String name) throws IOException {
    Path file = file(name);
    if (Files.exists(file) && Files.size(file) > MAX_FILE_BYTES) {
      throw new IOException(
          Files.size(file) + " bytes (expected: PEM of at most " + MAX_FILE_BYTES + " bytes)");
    }
    return Files.readString(file);
  }

  private IOException told(String name, IOException e) {
    String what =
        switch (e) {
          case NoSuchFileException gone -> "is not there";
          case AccessDeniedException denied -> "cannot be read by this user";
          default -> e.getMessage();
        };
    return new IOException(file(name) + ": " + what, e);
  }
}
