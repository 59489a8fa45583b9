package digitalwallet.gate;

import digitalwallet.gate.answer.Answer;
import digitalwallet.gate.permission.NamesRule;
import digitalwallet.gate.permission.OpenToAll;
import digitalwallet.gate.permission.Reach;
import digitalwallet.gate.permission.Rule;
import digitalwallet.gate.permission.Scope;
import digitalwallet.gate.problem.ProblemCode;
import digitalwallet.gate.request.Call;
import digitalwallet.gate.request.Fields;
import digitalwallet.json.Json;
import digitalwallet.json.JsonObject;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.sql.SQLException;
import java.util.Set;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;

/** What answers behind the gate in its tests: one resource of each kind. */
final class SmallProcess {

    private SmallProcess() {}

    enum Demo implements Rule {
        SPEAK;

        @Override
        public Reach reach() {
            return new Reach(Scope.OWN, Scope.ALL, null, null, null);
        }
    }

    @NamesRule
    @Retention(RetentionPolicy.RUNTIME)
    @interface Under {
        Demo value();
    }

    @Controller
    static final class Resources {

        @PostMapping("/speak")
        @Under(Demo.SPEAK)
        Answer speak(Call call) {
            var fields = Fields.of(call.body(), Set.of("user_id"));
            call.grant(Demo.SPEAK).mayTouchWalletOf(fields.identifier("user_id"));
            return Answer.ok(new JsonObject().put("said", true));
        }

        @PostMapping("/say")
        @Under(Demo.SPEAK)
        Answer say(Call call) {
            var word = Fields.of(call.body(), Set.of("word")).text("word", 4);
            return Answer.ok(new JsonObject().put("word", word));
        }

        @GetMapping("/things/{id}")
        @Under(Demo.SPEAK)
        Answer thing(@PathVariable("id") String id) {
            return Answer.ok(
                    "7", json -> Json.write(new JsonObject().put("id", id).members(), json));
        }

        @PostMapping("/things/orders")
        @Under(Demo.SPEAK)
        Answer order() {
            return Answer.ok(new JsonObject());
        }

        @GetMapping("/long")
        @Under(Demo.SPEAK)
        Answer long_() {
            return Answer.ok(new JsonObject().put("text", "x".repeat(2_000)));
        }

        @PostMapping("/many")
        @Under(Demo.SPEAK)
        Answer many(Call call) {
            var fields = call.batchBody(10, new ProblemCode("too_many_things", 400, "Too many"));
            return Answer.ok(new JsonObject().put("fields", fields.size()));
        }

        @GetMapping("/forgotten")
        Answer forgotten() {
            return Answer.ok(new JsonObject());
        }

        @GetMapping("/open/{file}")
        @OpenToAll
        Answer open(@PathVariable("file") String file) {
            return Answer.ok(new JsonObject().put("file", file));
        }

        @PostMapping("/hook")
        @OpenToAll
        Answer hook(Call call) {
            return Answer.ok(new JsonObject().put("bytes", call.bytes().length));
        }

        @SuppressWarnings("DoNotCallSuggester") // it is called by the framework
        @GetMapping("/away")
        @Under(Demo.SPEAK)
        Answer away() throws SQLException {
            throw new SQLException("gone", "08006");
        }
    }

    @Controller
    static final class HalfOpen {

        @GetMapping("/half")
        @OpenToAll
        Answer read() {
            return Answer.ok(new JsonObject());
        }

        @PostMapping("/half")
        @Under(Demo.SPEAK)
        Answer write() {
            return Answer.ok(new JsonObject());
        }
    }

    @Configuration(proxyBeanMethods = false)
    static final class Beans {

        @Bean
        Readiness readiness() {
            return new Readiness(() -> {}, () -> null);
        }

        @Bean
        Documentation documentation() {
            return new Documentation("/docs/page.html", "A small service");
        }

        @Bean
        PassingFaults passingFaults() {
            return new PassingFaults(_ -> false, "come back");
        }
    }

    @Configuration(proxyBeanMethods = false)
    @Import({GateConfiguration.class, Beans.class, Resources.class})
    static final class Whole {}

    @Configuration(proxyBeanMethods = false)
    @Import({GateConfiguration.class, Beans.class, HalfOpen.class})
    static final class Contradictory {}
}
