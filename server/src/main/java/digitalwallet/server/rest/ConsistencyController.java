package digitalwallet.server.rest;

import digitalwallet.gate.answer.Answer;
import digitalwallet.gate.request.Call;
import digitalwallet.gate.request.Parameters;
import digitalwallet.server.answer.ReportAnswer;
import digitalwallet.server.security.Allowed;
import digitalwallet.server.security.Permission;
import digitalwallet.server.watch.BooksWatch;
import java.util.Set;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;

/** Are the books right, now? */
@Controller
final class ConsistencyController {

    private final BooksWatch books;

    ConsistencyController(BooksWatch books) {
        this.books = books;
    }

    @GetMapping("/consistency-check")
    @Allowed(Permission.CHECK_CONSISTENCY)
    Answer check(Call call) {
        var scope =
                Parameters.of(call.request(), Set.of("scope"))
                        .word("scope", Set.of("full", "incremental"));
        var report = "full".equals(scope) ? books.full() : books.incremental();
        return ReportAnswer.of(report);
    }
}
