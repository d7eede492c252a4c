package dev.heddle.agent.core.substitute;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.lang.reflect.Field;
import java.nio.Buffer;
import org.junit.jupiter.api.Test;

final class FieldAccessTest {

  private static final class Message {
    private Object text = "a";
    private int number = 1;
    private long count = 2;
    private boolean flag = true;
    private float part = 0.5f;
    private double share = 0.25;
  }

  private final FieldAccess access = new FieldAccess();
  private final Message message = new Message();

  @Test
  void fieldsAreReadAndWrittenByTheirNumber() throws Exception {
    long text = offset("text");
    long number = offset("number");
    long count = offset("count");
    long flag = offset("flag");
    long part = offset("part");
    long share = offset("share");
    assertThat(access.getObject(message, text)).isEqualTo("a");
    assertThat(access.getInt(message, number)).isEqualTo(1);
    assertThat(access.getLong(message, count)).isEqualTo(2);
    assertThat(access.getBoolean(message, flag)).isTrue();
    assertThat(access.getFloat(message, part)).isEqualTo(0.5f);
    assertThat(access.getDouble(message, share)).isEqualTo(0.25);
    access.putObject(message, text, null);
    access.putInt(message, number, 7);
    access.putLong(message, count, 8);
    access.putBoolean(message, flag, false);
    access.putFloat(message, part, 9);
    access.putDouble(message, share, 10);
    assertThat(message.text).isNull();
    assertThat(message.number).isEqualTo(7);
    assertThat(message.count).isEqualTo(8);
    assertThat(message.flag).isFalse();
    assertThat(message.part).isEqualTo(9);
    assertThat(message.share).isEqualTo(10);
  }

  @Test
  void anInstanceIsMadeByItsConstructor() throws Exception {
    assertThat(((Message) access.allocateInstance(Message.class)).number).isEqualTo(1);
  }

  @Test
  void fieldsOfTheJdkHaveANumberButAreNotOpened() throws Exception {
    long address = access.objectFieldOffset(Buffer.class.getDeclaredField("address"));
    assertThatIllegalStateException()
        .isThrownBy(() -> access.getLong(java.nio.ByteBuffer.allocate(1), address))
        .withMessageContaining("address");
  }

  private long offset(String name) throws NoSuchFieldException {
    Field field = Message.class.getDeclaredField(name);
    return access.objectFieldOffset(field);
  }
}
