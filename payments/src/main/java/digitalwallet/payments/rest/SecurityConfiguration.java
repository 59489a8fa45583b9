package digitalwallet.payments.rest;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.security.authentication.AuthenticationServiceException;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configuration.EnableWebSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.annotation.web.configurers.AuthorizeHttpRequestsConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.core.authority.SimpleGrantedAuthority;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationToken;
import org.springframework.security.web.SecurityFilterChain;

/** Who may do what. A path that no rule names is closed. */
@Configuration(proxyBeanMethods = false)
@EnableWebSecurity
final class SecurityConfiguration {

    private static final List<String> ROLES =
            List.of("user", "system", "support", "auditor", "admin");
    private static final String PAYMENT = "/payments/*";

    @Bean
    JwtDecoder jwtDecoder(RestSettings settings) {
        return Tokens.decoder(settings);
    }

    @Bean
    SecurityFilterChain rules(HttpSecurity http) throws Exception {
        return http.authorizeHttpRequests(SecurityConfiguration::paths)
                .oauth2ResourceServer(
                        tokens ->
                                tokens.jwt(
                                                jwt ->
                                                        jwt.jwtAuthenticationConverter(
                                                                SecurityConfiguration::caller))
                                        .authenticationEntryPoint(
                                                (_, response, e) -> unknown(response, e))
                                        .accessDeniedHandler(
                                                (request, response, _) ->
                                                        denied(request.getRequestURI(), response)))
                .exceptionHandling(
                        faults ->
                                faults.authenticationEntryPoint(
                                                (_, response, e) -> unknown(response, e))
                                        .accessDeniedHandler(
                                                (request, response, _) ->
                                                        denied(request.getRequestURI(), response)))
                .sessionManagement(s -> s.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                .csrf(AbstractHttpConfigurer::disable)
                .formLogin(AbstractHttpConfigurer::disable)
                .httpBasic(AbstractHttpConfigurer::disable)
                .logout(AbstractHttpConfigurer::disable)
                .requestCache(AbstractHttpConfigurer::disable)
                .build();
    }

    private static void paths(
            AuthorizeHttpRequestsConfigurer<HttpSecurity>.AuthorizationManagerRequestMatcherRegistry
                    rule) {
        rule.dispatcherTypeMatchers(DispatcherType.ERROR)
                .permitAll()
                .requestMatchers("/healthz", "/readyz", "/openapi.yaml", "/webhooks/sandbox")
                .permitAll()
                .requestMatchers(HttpMethod.POST, "/payments/top-ups")
                .hasAnyRole("user", "system")
                .requestMatchers(HttpMethod.GET, "/payments/reconciliation")
                .hasAnyRole("auditor", "admin")
                .requestMatchers(HttpMethod.GET, "/payments")
                .hasAnyRole("system", "auditor", "admin")
                .requestMatchers(HttpMethod.GET, PAYMENT)
                .hasAnyRole(ROLES.toArray(String[]::new))
                // Another method of a known path: it is answered 405.
                .requestMatchers("/payments", PAYMENT)
                .authenticated()
                .anyRequest()
                .denyAll();
    }

    static JwtAuthenticationToken caller(Jwt token) {
        var words = token.getClaimAsStringList("roles");
        var authorities =
                ROLES.stream()
                        .filter(role -> words != null && words.contains(role))
                        .map(role -> new SimpleGrantedAuthority("ROLE_" + role))
                        .toList();
        return new JwtAuthenticationToken(
                token, authorities, Objects.requireNonNull(token.getSubject()));
    }

    private static void unknown(HttpServletResponse response, AuthenticationException e)
            throws IOException {
        if (e instanceof AuthenticationServiceException) {
            Answers.write(ProblemCode.UNAVAILABLE, "tokens cannot be verified now", response);
            return;
        }
        response.setHeader(HttpHeaders.WWW_AUTHENTICATE, "Bearer");
        Answers.write(
                ProblemCode.UNAUTHORIZED, "send a valid token: Authorization: Bearer …", response);
    }

    /** Who is known and asks for what is not there is told so. */
    private static void denied(String path, HttpServletResponse response) throws IOException {
        boolean isOurs = path.equals("/payments") || path.startsWith("/payments/");
        if (isOurs) {
            Answers.write(ProblemCode.FORBIDDEN, "your role may not do this", response);
        } else {
            Answers.write(ProblemCode.NOT_FOUND, "there is no such path", response);
        }
    }
}
