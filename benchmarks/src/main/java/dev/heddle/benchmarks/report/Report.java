package dev.heddle.benchmarks.report;

import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The table for people and the file for whoever wants to compute again. */
public final class Report {

  private static final DateTimeFormatter NAME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HHmm'Z'").withZone(ZoneOffset.UTC);

  private Report() {}

  /** The rows as text, columns aligned. */
  public static String table(List<Row> rows) {
    int what = rows.stream().mapToInt(row -> row.what().length()).max().orElse(0);
    int figure = rows.stream().mapToInt(row -> row.figure().length()).max().orElse(0);
    int bar = rows.stream().mapToInt(row -> row.bar().length()).max().orElse(0);
    StringBuilder table = new StringBuilder();
    for (Row row : rows) {
      String verdict = row.verdict().name().toLowerCase(Locale.ROOT);
      table
          .append(padded(row.what(), what))
          .append(padded(row.figure(), figure))
          .append(padded(row.bar(), bar))
          .append(verdict)
          .append('\n');
    }
    return table.toString();
  }

  private static String padded(String text, int width) {
    return text + " ".repeat(Math.max(0, width - text.length()) + 3);
  }

  /** Writes the file of a run, named by its time and the suffix; gives its path. */
  public static Path write(
      Path folder,
      Clock clock,
      String suffix,
      Map<String, Object> settings,
      List<Row> rows,
      Samples samples)
      throws IOException {
    Map<String, Object> content = new LinkedHashMap<>();
    content.put("date", clock.instant().toString());
    content.put("machine", machine());
    content.put("settings", settings);
    content.put("rows", rows);
    content.put("samples", samples.all());
    Path file =
        Files.createDirectories(folder).resolve(NAME.format(clock.instant()) + suffix + ".json");
    Files.writeString(
        file,
        JsonMapper.builder()
                .enable(SerializationFeature.INDENT_OUTPUT)
                .build()
                .writeValueAsString(content)
            + "\n");
    return file;
  }

  private static Map<String, Object> machine() {
    Map<String, Object> machine = new LinkedHashMap<>();
    machine.put("cores", Runtime.getRuntime().availableProcessors());
    machine.put("system", System.getProperty("os.name") + " " + System.getProperty("os.arch"));
    machine.put("jdk", Runtime.version().toString());
    return machine;
  }
}
