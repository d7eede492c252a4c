package dev.heddle.node.dns;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.handler.codec.dns.DatagramDnsResponse;
import io.netty.handler.codec.dns.DnsResponseCode;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.IntStream;
import javax.naming.Context;
import javax.naming.NamingException;
import javax.naming.directory.InitialDirContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a pod hears that asks for a name, over real sockets. */
final class DnsServerTest {

  private static final int TIMEOUT_MILLIS = 10_000;
  private static final int MAX_BYTES = 65_535;
  private static final int MANY = 60;

  private EchoResolver resolver;
  private DnsRig rig;

  @BeforeEach
  void start() throws IOException {
    resolver = new EchoResolver();
    rig = new DnsRig(resolver.address());
    rig.names =
        Map.of(
            "api.example.com", List.of(InetAddress.ofLiteral("240.240.1.2")),
            "six.example.com",
                List.of(InetAddress.ofLiteral("fd00::7"), InetAddress.ofLiteral("10.0.0.7")),
            "*.wild.example.com", List.of(InetAddress.ofLiteral("240.240.1.3")),
            "many.example.com",
                IntStream.range(0, MANY)
                    .mapToObj(i -> InetAddress.ofLiteral("10.1.0." + i))
                    .toList());
  }

  @AfterEach
  void stop() throws IOException {
    rig.close();
    resolver.close();
  }

  private byte[] ask(byte[] query) throws IOException {
    try (DatagramSocket client = new DatagramSocket()) {
      client.setSoTimeout(TIMEOUT_MILLIS);
      client.connect(rig.address);
      client.send(new DatagramPacket(query, query.length));
      DatagramPacket answer = new DatagramPacket(new byte[MAX_BYTES], MAX_BYTES);
      client.receive(answer);
      return Arrays.copyOf(answer.getData(), answer.getLength());
    }
  }

  @Test
  void aNameOfTheMeshHasItsAddress() throws IOException {
    DatagramDnsResponse answer =
        Messages.read(ask(Messages.query(7, "api.example.com", Messages.A)));
    assertThat(answer.id()).isEqualTo(7);
    assertThat(answer.code()).isEqualTo(DnsResponseCode.NOERROR);
    assertThat(answer.isAuthoritativeAnswer()).isTrue();
    assertThat(answer.isRecursionDesired()).isTrue();
    assertThat(answer.isRecursionAvailable()).isTrue();
    assertThat(Messages.answers(answer)).containsExactly("api.example.com. 30 240.240.1.2");
    assertThat(Messages.offered(answer)).isZero();
    assertThat(resolver.asked).isEmpty();
    assertThat(rig.server.counts().mesh()).isEqualTo(1);
  }

  @Test
  void eachFamilyHasItsOwnAddresses() throws IOException {
    assertThat(answers("six.example.com", Messages.AAAA))
        .containsExactly("six.example.com. 30 fd00:0:0:0:0:0:0:7");
    assertThat(answers("six.example.com", Messages.A))
        .containsExactly("six.example.com. 30 10.0.0.7");
  }

  private List<String> answers(String name, int type) throws IOException {
    return Messages.answers(Messages.read(ask(Messages.query(1, name, type))));
  }

  @Test
  void theOtherFamilyIsEmptyAndNoError() throws IOException {
    DatagramDnsResponse answer =
        Messages.read(ask(Messages.query(8, "api.example.com", Messages.AAAA)));
    assertThat(answer.code()).isEqualTo(DnsResponseCode.NOERROR);
    assertThat(Messages.answers(answer)).isEmpty();
    assertThat(resolver.asked).isEmpty();
  }

  @Test
  void theQuestionComesBackAsItWasSpelled() throws IOException {
    byte[] query = Messages.query(9, "aPi.eXAMPLE.Com", Messages.A);
    byte[] answer = ask(query);
    assertThat(Arrays.copyOfRange(answer, 12, query.length))
        .isEqualTo(Arrays.copyOfRange(query, 12, query.length));
    assertThat(Messages.answers(Messages.read(answer)))
        .containsExactly("aPi.eXAMPLE.Com. 30 240.240.1.2");
  }

  @Test
  void aNameBelowAWildcardIsAnsweredAsItself() throws IOException {
    assertThat(answers("a.b.wild.example.com", Messages.A))
        .containsExactly("a.b.wild.example.com. 30 240.240.1.3");
  }

  @Test
  void theFirstNameThatAResolverTriesIsAnAlias() throws IOException {
    assertThat(answers("Api.example.com.shop.svc.cluster.local", Messages.A))
        .containsExactly(
            "Api.example.com.shop.svc.cluster.local. 30 CNAME Api.example.com.",
            "Api.example.com. 30 240.240.1.2");
  }

  @Test
  void ednsIsAnsweredByEdns() throws IOException {
    byte[] query = Messages.withEdns(Messages.query(1, "api.example.com", Messages.A), 4_096);
    assertThat(Messages.offered(Messages.read(ask(query))))
        .isEqualTo(MeshAnswers.MAX_DATAGRAM_BYTES);
  }

  @Test
  void anAnswerThatIsTooLongIsCutAndWholeOverTcp() throws IOException {
    byte[] query = Messages.query(1, "many.example.com", Messages.A);
    DatagramDnsResponse cut = Messages.read(ask(query));
    assertThat(cut.isTruncated()).isTrue();
    assertThat(Messages.answers(cut)).isEmpty();
    assertThat(Messages.read(ask(Messages.withEdns(query, MAX_BYTES))).isTruncated()).isFalse();
    try (TcpClient client = new TcpClient(rig.address)) {
      client.send(query);
      assertThat(Messages.answers(Messages.read(client.answer()))).hasSize(MANY);
    }
  }

  @Test
  void anotherAddressIsFirstEachTime() throws IOException {
    byte[] query = Messages.query(1, "many.example.com", Messages.A);
    byte[] next = Messages.query(2, "many.example.com", Messages.A);
    assertThat(first(query)).isNotEqualTo(first(next));
  }

  private String first(byte[] query) throws IOException {
    return Messages.answers(Messages.read(ask(Messages.withEdns(query, MAX_BYTES)))).get(0);
  }

  @Test
  void whatTheMeshDoesNotAnswerGoesToTheResolverUnchanged() throws IOException {
    List<byte[]> queries =
        List.of(
            Messages.query(1, "example.org", Messages.A),
            Messages.query(2, "api.example.com", Messages.TXT),
            Messages.withEdns(Messages.query(3, "wild.example.com", Messages.AAAA), 1_400));
    for (byte[] query : queries) {
      assertThat(ask(query)).isEqualTo(query);
    }
    assertThat(resolver.asked).containsExactlyElementsOf(queries);
  }

  @Test
  void oneConnectionCarriesQueriesOfBothKinds() throws IOException {
    byte[] known = Messages.query(1, "api.example.com", Messages.A);
    byte[] unknown = Messages.query(2, "example.org", Messages.A);
    try (TcpClient client = new TcpClient(rig.address)) {
      client.send(unknown);
      assertThat(client.answer()).isEqualTo(unknown);
      client.send(known);
      assertThat(Messages.answers(Messages.read(client.answer()))).hasSize(1);
      client.send(unknown);
      client.socket.shutdownOutput();
      assertThat(client.answer()).isEqualTo(unknown);
      assertThat(client.in.read()).isEqualTo(-1);
    }
  }

  @Test
  void aResolverThatIsNotThereEndsTheConnection() throws IOException {
    InetSocketAddress nobody = new InetSocketAddress(InetAddress.getLoopbackAddress(), 1);
    try (DnsRig other = new DnsRig(nobody);
        TcpClient client = new TcpClient(other.address)) {
      client.send(Messages.query(1, "example.org", Messages.A));
      assertThat(client.in.read()).isEqualTo(-1);
    }
  }

  @Test
  @SuppressWarnings("BanJNDI") // the JDK's only DNS client; it asks nobody but the test
  void aResolverOfTheJdkUnderstandsAll() throws NamingException {
    Properties settings = new Properties();
    settings.put(Context.INITIAL_CONTEXT_FACTORY, "com.sun.jndi.dns.DnsContextFactory");
    settings.put(Context.PROVIDER_URL, "dns://127.0.0.1:" + rig.address.getPort());
    InitialDirContext client = new InitialDirContext(settings);
    assertThat(client.getAttributes("many.example.com", new String[] {"A"}).get("A").size())
        .isEqualTo(MANY);
    assertThat(client.getAttributes("API.example.com", new String[] {"A"}).get("A").get())
        .isEqualTo("240.240.1.2");
    client.close();
  }

  private static final class TcpClient implements AutoCloseable {
    final Socket socket;
    final DataInputStream in;

    TcpClient(InetSocketAddress server) throws IOException {
      socket = new Socket(server.getAddress(), server.getPort());
      socket.setSoTimeout(TIMEOUT_MILLIS);
      in = new DataInputStream(socket.getInputStream());
    }

    void send(byte[] query) throws IOException {
      DataOutputStream out = new DataOutputStream(socket.getOutputStream());
      out.writeShort(query.length);
      out.write(query);
      out.flush();
    }

    byte[] answer() throws IOException {
      byte[] answer = new byte[in.readUnsignedShort()];
      in.readFully(answer);
      return answer;
    }

    @Override
    public void close() throws IOException {
      socket.close();
    }
  }
}
