package digitalwallet.server.rest;

import digitalwallet.ledger.lane.PostingEngine;
import digitalwallet.ledger.reading.HistoryReader;
import digitalwallet.ledger.reading.OutcomeReader;
import digitalwallet.ledger.reading.TransactionReader;
import digitalwallet.ledger.reading.WalletReader;
import digitalwallet.server.request.BatchReader;
import digitalwallet.server.request.CommandReader;
import digitalwallet.server.security.TokenVerifier;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.List;
import javax.sql.DataSource;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.method.support.HandlerMethodReturnValueHandler;
import org.springframework.web.servlet.HandlerExceptionResolver;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** Lists the resources and what stands between them and the network. */
@Configuration(proxyBeanMethods = false)
@Import({
    MoneyController.class,
    BatchController.class,
    WalletController.class,
    WalletStatusController.class,
    HistoryController.class,
    TransactionController.class,
    ConsistencyController.class,
    DocsController.class,
    BenchController.class,
    ProbeController.class
})
public final class RestConfiguration implements WebMvcConfigurer {

    private static final Duration WAIT_MAX = Duration.ofSeconds(10);

    /** Made by the framework only. */
    RestConfiguration() {}

    @Bean
    FilterRegistrationBean<Gate> gate(TokenVerifier tokens) {
        return new FilterRegistrationBean<>(new Gate(tokens));
    }

    @Bean
    BatchReader batchReader(CommandReader reader, RestSettings settings) {
        return new BatchReader(reader, settings.idempotencyRequired());
    }

    @Bean
    Queueing queueing(QueueAccess queue, DataSource dataSource) {
        return new Queueing(queue.commands(), new OutcomeReader(dataSource));
    }

    @Bean
    OutcomeMetrics outcomeMetrics(MeterRegistry registry) {
        return new OutcomeMetrics(registry);
    }

    @Bean
    Patience patience() {
        return new Patience(WAIT_MAX);
    }

    @Bean
    Posting posting(
            PostingEngine engine,
            CommandReader reader,
            RestSettings settings,
            OutcomeMetrics metrics,
            Patience patience,
            Queueing queueing) {
        return new Posting(engine, reader, settings, metrics, patience, queueing);
    }

    @Bean
    WalletReader walletReader(DataSource dataSource) {
        return new WalletReader(dataSource);
    }

    @Bean
    HistoryReader historyReader(DataSource dataSource) {
        return new HistoryReader(dataSource);
    }

    @Bean
    TransactionReader transactionReader(DataSource dataSource) {
        return new TransactionReader(dataSource);
    }

    @Override
    public void addInterceptors(InterceptorRegistry registry) {
        registry.addInterceptor(new Guard());
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
        resolvers.add(new ProblemResolver());
    }
}
