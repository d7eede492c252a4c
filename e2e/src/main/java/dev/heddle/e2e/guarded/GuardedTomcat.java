package dev.heddle.e2e.guarded;

import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.net.InetAddress;
import java.nio.file.Files;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;
import org.apache.catalina.Context;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.startup.Tomcat;
import org.apache.catalina.valves.rewrite.RewriteValve;
import org.jspecify.annotations.Nullable;

/**
 * Tomcat 9 to 11, whose servlets are javax's here and jakarta's there, so that they are proxies.
 */
final class GuardedTomcat {

  private GuardedTomcat() {}

  static int start() throws Exception {
    Tomcat tomcat = new Tomcat();
    tomcat.setBaseDir(Files.createTempDirectory("guarded").toString());
    Connector connector = new Connector();
    connector.setPort(0);
    connector.setProperty("address", InetAddress.getLoopbackAddress().getHostAddress());
    tomcat.setConnector(connector);
    Context context = tomcat.addContext("", null);
    add(context, "admin", (target, header) -> Guarded.GUARDED, "/admin", "/admin/*");
    add(context, "rest", Guarded::ofTarget, "/");
    RewriteValve rewriting = new RewriteValve();
    tomcat.getHost().getPipeline().addValve(rewriting);
    tomcat.start();
    rewriting.setConfiguration("RewriteRule ^" + Guarded.MOVED + "(.*)$ /admin$1");
    return connector.getLocalPort();
  }

  private static void add(
      Context context,
      String name,
      BiFunction<String, UnaryOperator<@Nullable String>, String> answer,
      String... patterns)
      throws ReflectiveOperationException {
    Method addServlet = null;
    for (Method method : Tomcat.class.getMethods()) {
      boolean takesServlet =
          method.getName().equals("addServlet")
              && method.getParameterCount() == 3
              && method.getParameterTypes()[0] == Context.class
              && method.getParameterTypes()[2].isInterface();
      addServlet = takesServlet ? method : addServlet;
    }
    if (addServlet == null) {
      throw new IllegalStateException("this Tomcat takes no servlets");
    }
    Class<?> type = addServlet.getParameterTypes()[2];
    Object servlet =
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (proxy, method, arguments) -> {
              if (method.getName().equals("service")) {
                serve(arguments[0], arguments[1], answer);
              }
              return null;
            });
    addServlet.invoke(null, context, name, servlet);
    for (String pattern : patterns) {
      context.addServletMappingDecoded(pattern, name);
    }
  }

  private static void serve(
      Object request,
      Object response,
      BiFunction<String, UnaryOperator<@Nullable String>, String> answer)
      throws ReflectiveOperationException {
    String target = (String) call(request, "getRequestURI");
    java.io.PrintWriter writer = (java.io.PrintWriter) call(response, "getWriter");
    writer.write(answer.apply(target, name -> header(request, name)));
  }

  private static @Nullable String header(Object request, String name) {
    try {
      return (String) request.getClass().getMethod("getHeader", String.class).invoke(request, name);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Object call(Object on, String name) throws ReflectiveOperationException {
    return on.getClass().getMethod(name).invoke(on);
  }
}
