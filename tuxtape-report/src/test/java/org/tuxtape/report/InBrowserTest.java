package org.tuxtape.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.tuxtape.core.pipeline.PipelineReport;
import tools.jackson.databind.JsonNode;

/** The page as a browser shows it. Screenshots are left in {@code target/pages}. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class InBrowserTest {
    private static final Path PROGRAM = Path.of(System.getProperty("tuxtape.chromium", "/usr/bin/chromium"));
    private static final Path PAGES = Path.of("target/pages");
    private static final String IDS =
            "[...document.querySelectorAll('#map tbody tr')].filter(row => !row.hidden).map(row => row.querySelector('a').textContent)";
    private static final String FIRST = IDS + "[0]";

    private Browser browser;

    @BeforeAll
    void startBrowser(@TempDir Path state) throws IOException, InterruptedException {
        assumeTrue(
                Files.isExecutable(PROGRAM),
                PROGRAM + " is missing: install chromium, or name one by tuxtape.chromium");
        Files.createDirectories(PAGES);
        browser = Browser.start(PROGRAM, state);
    }

    @AfterAll
    void stopBrowser() {
        if (browser != null) {
            browser.close();
        }
    }

    @ParameterizedTest
    @CsvSource({"390, false", "390, true", "1400, false", "1400, true"})
    void a_page_asks_the_net_for_nothing_complains_of_nothing_and_fits(int width, boolean isDark) throws IOException {
        for (String name : List.of("small", "fleet", "hostile")) {
            open(name, width, isDark);
            assertThat(browser.requests()).isEmpty();
            assertThat(browser.complaints()).isEmpty();
            assertThat(browser.ask("document.documentElement.scrollWidth").asInt(0))
                    .as("%s at %d px", name, width)
                    .isLessThanOrEqualTo(width);
            String file = name + "-" + width + (isDark ? "-dark" : "") + ".png";
            browser.showAll();
            int height = browser.ask("document.documentElement.scrollHeight").asInt(0);
            browser.screenshot(PAGES.resolve(file), width, Math.min(height, 6000));
        }
    }

    /** WCAG 2.2, 1.4.3: the contrast of every text with what is behind it. */
    @ParameterizedTest
    @CsvSource({"390, false", "390, true", "1400, false", "1400, true"})
    void every_text_stands_out(int width, boolean isDark) throws IOException {
        open("fleet", width, isDark);
        assertThat(texts(browser.ask("""
                        (() => {
                          const numbers = colour => colour.match(/[\\d.]+/g).map(Number);
                          const light = colour => {
                            const [r, g, b] = numbers(colour).map(c => c / 255).map(c =>
                              c <= .04045 ? c / 12.92 : ((c + .055) / 1.055) ** 2.4);
                            return .2126 * r + .7152 * g + .0722 * b;
                          };
                          const behind = element => {
                            for (let e = element; e; e = e.parentElement) {
                              const colour = getComputedStyle(e).backgroundColor;
                              const alpha = numbers(colour)[3];
                              if (alpha === undefined || alpha > 0) return colour;
                            }
                            return 'rgb(255, 255, 255)';
                          };
                          const weak = new Set();
                          let seen = 0;
                          for (const element of document.querySelectorAll('body *')) {
                            if (![...element.childNodes].some(n => n.nodeType === 3 && n.data.trim())) continue;
                            if (element.closest('script, style, [hidden]')) continue;
                            seen++;
                            const [one, two] = [light(getComputedStyle(element).color), light(behind(element))];
                            const ratio = (Math.max(one, two) + .05) / (Math.min(one, two) + .05);
                            if (ratio < 4.5) weak.add(`${element.tagName}.${element.className} ${ratio.toFixed(2)}`);
                          }
                          return seen < 100 ? ['only ' + seen + ' texts'] : [...weak];
                        })()
                        """))).isEmpty();
    }

    @Test
    void the_filter_leaves_what_is_looked_for() throws IOException {
        open("fleet", 1400, false);
        set("text", "sctp");
        assertThat(texts(browser.ask(IDS))).containsExactly("CVE-2026-1004");
        assertThat(browser.ask("document.querySelector('output').value").asString(""))
                .isEqualTo("1 of 10 CVEs");
        assertThat(browser.ask("[...document.querySelectorAll('article')].filter(card => !card.hidden).length")
                        .asInt(0))
                .isEqualTo(1);
        set("text", "");
        set("state", "cannot be built");
        assertThat(texts(browser.ask(IDS))).containsExactly("CVE-2026-1002");
        set("kernel", "1");
        assertThat(texts(browser.ask(IDS))).isEmpty();
        set("state", "exposed");
        assertThat(texts(browser.ask(IDS))).containsExactly("CVE-2026-1007");
    }

    @Test
    void a_column_sorts_by_the_keyboard_and_back() throws IOException {
        open("fleet", 1400, false);
        assertThat(browser.ask(FIRST).asString("")).isEqualTo("CVE-2026-1002");
        browser.ask("document.querySelector('th[data-sort=cve] button').focus()");
        browser.press("Enter");
        assertThat(browser.ask(FIRST).asString("")).isEqualTo("CVE-2026-1010");
        assertThat(browser.ask("document.querySelector('th[data-sort=cve]').ariaSort")
                        .asString(""))
                .isEqualTo("descending");
        browser.press("Enter");
        assertThat(browser.ask(FIRST).asString("")).isEqualTo("CVE-2026-1001");
        browser.press("Tab");
        browser.press("Enter");
        assertThat(browser.ask(FIRST).asString("")).isEqualTo("CVE-2026-1002");
        assertThat(browser.ask("document.querySelectorAll('[aria-sort]').length")
                        .asInt(0))
                .isEqualTo(1);
    }

    @Test
    void a_phone_orders_by_a_list() throws IOException {
        open("small", 390, false);
        set("order", "cve");
        assertThat(browser.ask(FIRST).asString("")).isEqualTo("CVE-2026-1010");
        set("order", "0");
        assertThat(browser.ask(FIRST).asString("")).isEqualTo("CVE-2026-1008");
        set("order", "");
        assertThat(browser.ask(FIRST).asString("")).isEqualTo("CVE-2026-1002");
    }

    @Test
    void without_scripts_all_is_there_and_nothing_asks_for_them() throws IOException {
        browser.scripts(false);
        try {
            open("fleet", 1400, false);
            assertThat(browser.complaints()).isEmpty();
            browser.screenshot(PAGES.resolve("fleet-1400-without-scripts.png"), 1400, 3000);
        } finally {
            browser.scripts(true);
        }
        assertThat(texts(browser.ask(IDS))).hasSize(10);
        assertThat(browser.ask("getComputedStyle(document.getElementById('filter')).display")
                        .asString(""))
                .isEqualTo("none");
    }

    @Test
    void text_of_a_record_runs_nothing() throws IOException {
        open("hostile", 1400, false);
        assertThat(browser.ask("typeof window.harmed").asString("")).isEqualTo("undefined");
        assertThat(browser.ask("document.querySelectorAll('script').length").asInt(0))
                .isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"small", "fleet"})
    void a_page_can_be_printed(String name) throws IOException {
        open(name, 1400, true);
        browser.print(PAGES.resolve(name + ".pdf"));
        assertThat(PAGES.resolve(name + ".pdf")).isNotEmptyFile();
    }

    @Test
    void thousands_of_cves_on_ten_kernels_load_sort_and_filter() throws IOException {
        Path page = PAGES.resolve("large.html");
        HtmlReport.of(Runs.large(5_000, 10)).write(page);
        browser.open(page.toAbsolutePath(), 1400, false);
        assertThat(browser.complaints()).isEmpty();
        set("state", "cannot be built");
        assertThat(browser.ask(IDS + ".length").asInt(0)).isEqualTo(1250);
        browser.ask("document.querySelector('th[data-sort=cve] button').click()");
        browser.ask("document.querySelector('th[data-sort=cve] button').click()");
        assertThat(browser.ask(FIRST).asString("")).isEqualTo("CVE-2026-1000");
        browser.screenshot(PAGES.resolve("large-1400.png"), 1400, 2400);
    }

    private void open(String name, int width, boolean isDark) throws IOException {
        Path page = PAGES.resolve(name + ".html");
        HtmlReport.of(report(name)).write(page);
        browser.open(page.toAbsolutePath(), width, isDark);
    }

    private static PipelineReport report(String name) {
        return switch (name) {
            case "small" -> Runs.small();
            case "fleet" -> Runs.fleet();
            default ->
                Runs.saying(
                        "</title></style><script>window.harmed = 1</script><img src=x onerror=\"window.harmed = 1\">"
                                + "' onload='window.harmed=1 \u202Etxt.exe " + "unbroken".repeat(40));
        };
    }

    private void set(String name, String value) {
        browser.ask("(() => { const field = document.getElementById('filter').elements['" + name + "']; field.value = '"
                + value + "'; field.dispatchEvent(new Event('input', {bubbles: true})); })()");
    }

    private static List<String> texts(JsonNode list) {
        return list.valueStream().map(node -> node.asString("")).toList();
    }
}
