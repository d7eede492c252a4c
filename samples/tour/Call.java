import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.TreeMap;

/** Calls a URL 100 times a second and prints, each second, what answered. It knows no mesh. */
class Call {
  public static void main(String[] arguments) throws Exception {
    HttpClient client = HttpClient.newHttpClient();
    HttpRequest request = HttpRequest.newBuilder(URI.create(arguments[0])).build();
    int seconds = arguments.length > 1 ? Integer.parseInt(arguments[1]) : Integer.MAX_VALUE;
    for (int second = 0; second < seconds; second++) {
      Map<String, Integer> answers = new TreeMap<>();
      for (int call = 0; call < 100; call++) {
        answers.merge(answer(client, request), 1, Integer::sum);
        Thread.sleep(10);
      }
      System.out.println(answers);
    }
  }

  private static String answer(HttpClient client, HttpRequest request) throws Exception {
    try {
      HttpResponse<String> response = client.send(request, HttpResponse.BodyHandlers.ofString());
      return response.statusCode() + " " + response.body().trim();
    } catch (java.io.IOException e) {
      return e.getClass().getSimpleName();
    }
  }
}
