package dev.heddle.control.ca;

import com.nimbusds.jose.jwk.ECKey;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.X509ExtendedKeyManager;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The authority of a running control service: its parts put together, following its files. */
public final class MeshAuthority implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger("heddle.control.ca");

  /** How often files and this process's own certificate are looked at. */
  private static final Duration LOOK = Duration.ofSeconds(1);

  private final AuthoritySettings settings;
  private final CaEvents events;
  private final FollowedFiles files;
  private final CertificateAuthority authority;
  private final Authenticator authenticator;
  private final ServerCertificate serverCertificate;
  private final RefusalLog log;
  private final InstantSource clock;
  private final ScheduledExecutorService looking =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().name("heddle-ca").daemon().factory());

  private MeshAuthority(
      AuthoritySettings settings, CaEvents events, InstantSource clock, @Nullable PodProofs pods)
      throws IOException {
    this.settings = settings;
    this.events = events;
    SecureRandom random = new SecureRandom();
    files =
        new FollowedFiles(
            new CaDirectory(settings.directory(), clock, random),
            settings.trustDomain(),
            events::filesUnusable);
    authority = new CertificateAuthority(files::material, settings.longest(), clock, random);
    log = new RefusalLog(clock);
    this.clock = clock;
    authenticator = authenticator(clock, pods);
    serverCertificate =
        new ServerCertificate(
            authority,
            files::material,
            ServerNames.identity(settings.trustDomain()),
            ServerNames.of(settings.allServerNames()),
            clock,
            random);
  }

  /** Reads or makes the root; IOException says which file cannot be used. */
  public static MeshAuthority open(AuthoritySettings settings, CaEvents events, InstantSource clock)
      throws IOException {
    return open(settings, events, clock, null);
  }

  /**
   * The same for the pods of a cluster.
   *
   * @param pods how they are known, or null where callers bring tokens of this authority
   */
  public static MeshAuthority open(
      AuthoritySettings settings, CaEvents events, InstantSource clock, @Nullable PodProofs pods)
      throws IOException {
    MeshAuthority opened = new MeshAuthority(settings, events, clock, pods);
    try {
      opened.serverCertificate.renewIfDue();
    } catch (RefusedRequestException e) {
      throw new IOException(settings.directory() + ": " + e.getMessage(), e);
    }
    opened.tellExpiry();
    return opened;
  }

  /**
   * Follows the files until this is closed.
   *
   * @param changed runs when others sign or are trusted than before, on a thread of its own
   */
  public void follow(Runnable changed) {
    Future<?> unused =
        looking.scheduleWithFixedDelay(
            () -> look(changed), LOOK.toMillis(), LOOK.toMillis(), TimeUnit.MILLISECONDS);
  }

  private Authenticator authenticator(InstantSource clock, @Nullable PodProofs pods) {
    return new LimitedAuthenticator(
        new FirstBelieved(ways(clock, pods)),
        clock,
        (credentials, refused) -> {
          events.refused(refused.reason());
          log.refused(credentials.address(), refused.message());
        });
  }

  private List<Authenticator> ways(InstantSource clock, @Nullable PodProofs pods) {
    CertificateAuthenticator certificates =
        new CertificateAuthenticator(files::material, settings.trustDomain(), clock);
    if (pods != null) {
      return List.of(new PodOfCertificate(certificates, pods), pods.tokens());
    }
    WorkloadTokens tokens = new WorkloadTokens(files::tokenKeys, clock);
    return List.of(certificates, new TokenAuthenticator(tokens, settings.trustDomain()));
  }

  private void look(Runnable changed) {
    try {
      files.look(
          () -> {
            tellExpiry();
            changed.run();
          });
      serverCertificate.renewIfDue();
    } catch (RefusedRequestException | RuntimeException e) {
      LOG.error("control's own certificate is not renewed, the one until now is shown", e);
    }
  }

  private void tellExpiry() {
    files.material().roots().stream()
        .map(root -> root.getNotAfter().toInstant())
        .min(Instant::compareTo)
        .ifPresent(events::rootsExpire);
  }

  /** Who signs. */
  public CertificateAuthority authority() {
    return authority;
  }

  /** Who tells callers. */
  public Authenticator authenticator() {
    return authenticator;
  }

  /** Who tells for whom else a caller may ask. */
  public Impersonation impersonation(Impersonation.Pods pods) {
    return new Impersonation(
        pods,
        settings.trustDomain(),
        clock,
        (caller, refused) -> {
          events.refused(refused.reason());
          log.refused(caller.toString(), refused.message());
        });
  }

  /** What this process shows to callers; the same object shows newer ones later. */
  public X509ExtendedKeyManager serverKeys() {
    return serverCertificate;
  }

  /** Whose identities are signed. */
  public String trustDomain() {
    return settings.trustDomain();
  }

  /** The trusted roots as PEM, one each. */
  public List<String> roots() {
    return files.material().roots().stream().map(Pem::of).toList();
  }

  /** What people see on a debug page. */
  public CaStatus status() {
    CaMaterial material = files.material();
    return new CaStatus(
        settings.trustDomain(),
        material.issuer().chain().stream().map(CaStatus.Shown::of).toList(),
        material.roots().stream().map(CaStatus.Shown::of).toList(),
        files.tokenKeys().keys().stream().map(ECKey::getKeyID).toList(),
        serverCertificate.notAfter().toString(),
        settings.longest().toString());
  }

  @Override
  public void close() {
    looking.shutdownNow();
  }
}
