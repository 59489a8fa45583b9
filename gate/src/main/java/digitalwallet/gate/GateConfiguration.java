package digitalwallet.gate;

import digitalwallet.gate.answer.AnswerWriter;
import digitalwallet.gate.problem.ProblemCode;
import digitalwallet.gate.request.Bodies;
import digitalwallet.gate.request.BodyBudget;
import digitalwallet.gate.request.CallArgument;
import digitalwallet.gate.token.TokenVerifier;
import digitalwallet.process.http.Refusals;
import digitalwallet.process.settings.HttpSettings;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import org.apache.catalina.core.StandardHost;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.tomcat.autoconfigure.servlet.TomcatServletWebServerAutoConfiguration;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.boot.webmvc.autoconfigure.DispatcherServletAutoConfiguration;
import org.springframework.boot.webmvc.autoconfigure.WebMvcAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.method.support.HandlerMethodReturnValueHandler;
import org.springframework.web.servlet.HandlerExceptionResolver;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/**
 * The web server, with no more of the framework than an API needs, and what stands between the
 * network and the resources. A process imports it beside its resources.
 */
@SpringBootConfiguration(proxyBeanMethods = false)
@ImportAutoConfiguration({
    TomcatServletWebServerAutoConfiguration.class,
    DispatcherServletAutoConfiguration.class,
    WebMvcAutoConfiguration.class
})
@Import({ProbeController.class, DocsController.class})
public final class GateConfiguration implements WebMvcConfigurer {

    /** What a request over a bound is told. */
    private static final List<ProblemCode> BOUNDS =
            List.of(
                    ProblemCode.UNAUTHORIZED,
                    ProblemCode.REQUEST_TIMEOUT,
                    ProblemCode.BODY_TOO_LARGE,
                    ProblemCode.URI_TOO_LONG,
                    ProblemCode.TOO_MANY_REQUESTS,
                    ProblemCode.HEADERS_TOO_LARGE,
                    ProblemCode.TOO_DEEP,
                    ProblemCode.TOO_MANY_VALUES,
                    ProblemCode.INVALID_TEXT);

    private final PassingFaults faults;
    private final Endpoints endpoints;

    /** Made by the framework only. */
    GateConfiguration(ObjectProvider<RequestMappingHandlerMapping> mapping, PassingFaults faults) {
        this.faults = faults;
        this.endpoints = new Endpoints(mapping);
    }

    @Bean
    Endpoints endpoints() {
        return endpoints;
    }

    @Bean
    FilterRegistrationBean<Gate> gate(
            TokenVerifier tokens,
            HttpSettings settings,
            MeterRegistry registry,
            Readiness readiness) {
        BOUNDS.forEach(bound -> Refusals.show(registry, bound.word()));
        var bodies = new Bodies(new BodyBudget(settings.bodyBytesMax(), registry));
        var cors = new Cors(settings.corsOrigins());
        return new FilterRegistrationBean<>(new Gate(tokens, endpoints, cors, bodies, readiness));
    }

    /** Also requests that never reach a controller are answered with a problem document. */
    @Bean
    WebServerFactoryCustomizer<TomcatServletWebServerFactory> problemPages() {
        return factory ->
                factory.addContextCustomizers(
                        context -> {
                            if (context.getParent() instanceof StandardHost host) {
                                host.setErrorReportValveClass(ProblemPages.class.getName());
                            }
                        });
    }

    @Override
    public void addInterceptors(InterceptorRegistry registry) {
        registry.addInterceptor(new Guard(endpoints));
    }

    @Override
    public void addArgumentResolvers(List<HandlerMethodArgumentResolver> resolvers) {
        resolvers.add(new CallArgument());
    }

    @Override
    public void addReturnValueHandlers(List<HandlerMethodReturnValueHandler> handlers) {
        handlers.add(new AnswerWriter());
    }

    @Override
    public void extendHandlerExceptionResolvers(List<HandlerExceptionResolver> resolvers) {
        resolvers.clear();
        resolvers.add(new ProblemResolver(faults, endpoints));
    }
}
