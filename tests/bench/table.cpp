#include "bench/table.h"

#include <benchmark/benchmark.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <span>
#include <string_view>

#include "bench/curve.h"
#include "engine/process.h"

namespace stepwise {
namespace {

// Three digits that mean something.
std::string words(double figure) {
  const int decimals =
      figure == 0 ? 0 : std::clamp(2 - int(std::floor(std::log10(std::abs(figure)))), 0, 3);
  char text[64];
  std::snprintf(text, sizeof text, "%.*f", decimals, figure);
  return text;
}

class Markdown : public benchmark::BenchmarkReporter {
 public:
  bool ReportContext(const Context& context) override {
    std::printf("%d cores at %.0f MHz\n\n| | | should be | |\n| --- | ---: | ---: | --- |\n",
                context.cpu_info.num_cpus, context.cpu_info.cycles_per_second / 1e6);
    return true;
  }

  void ReportRuns(const std::vector<Run>& runs) override {
    for (const Run& run : runs) print(run);
    std::fflush(stdout);
  }

 private:
  // A line that failed has no figure, and tells in place of the unit why.
  static void print(const Run& run) {
    const std::string name = run.run_name.function_name, unit = run.report_label;
    if (!run.counters.contains("figure"))
      return void(std::printf("| %s | failed: %s | | |\n", name.c_str(), unit.c_str()));
    const auto counter = [&](const char* key, double missing) {
      const auto found = run.counters.find(key);
      return found == run.counters.end() ? missing : found->second.value;
    };
    const Bar none;
    const double figure = counter("figure", NAN);
    const double least = counter("at_least", none.at_least),
                 most = counter("at_most", none.at_most);
    const std::string bar = std::isfinite(least)  ? "at least " + words(least) + " " + unit
                            : std::isfinite(most) ? "at most " + words(most) + " " + unit
                                                  : "";
    const char* verdict = bar.empty() ? "" : figure >= least && figure <= most ? "yes" : "**no**";
    std::printf("| %s | %s %s | %s | %s |\n", name.c_str(), words(figure).c_str(), unit.c_str(),
                bar.c_str(), verdict);
  }
};

}  // namespace

void add_line(const std::string& name, const std::string& unit, std::function<Figure()> measure) {
  const auto line = [=](benchmark::State& state) {
    Figure figure{};
    try {
      for (auto _ : state) figure = measure();
    } catch (const std::exception& e) {
      const std::string why = e.what();
      state.SetLabel(why.substr(0, why.find('\n')));
      return state.SkipWithError(why.c_str());
    }
    const Bar& bar = figure.bar;
    state.counters["figure"] = figure.value;
    if (std::isfinite(bar.at_least)) state.counters["at_least"] = bar.at_least;
    if (std::isfinite(bar.at_most)) state.counters["at_most"] = bar.at_most;
    state.SetLabel(unit);
  };
  benchmark::RegisterBenchmark(name.c_str(), line)
      ->Iterations(1)
      ->Unit(benchmark::kSecond)
      ->UseRealTime();
}

double seconds_of(const std::function<void()>& work) {
  using Clock = std::chrono::steady_clock;
  const auto start = Clock::now();
  work();
  return std::chrono::duration<double>(Clock::now() - start).count();
}

double quantile(std::vector<double> values, double q) {
  if (values.empty()) return NAN;
  const auto at = values.begin() + std::ptrdiff_t(std::llround(q * double(values.size() - 1)));
  std::nth_element(values.begin(), at, values.end());
  return *at;
}

double median_seconds(const std::function<void()>& work, int repeats) {
  for (int i = 0; i < 2; ++i) work();
  std::vector<double> all;
  for (double sum = 0; int(all.size()) < repeats || sum < 0.5; sum += all.back())
    all.push_back(seconds_of(work));
  return quantile(std::move(all), 0.5);
}

}  // namespace stepwise

int main(int argc, char** argv) {
  // As the program itself does; but here the library that reads the environment was loaded before
  // main().
  const bool is_read = std::getenv("GOMP_SPINCOUNT");
  stepwise::set_up_process();
  if (!is_read) execv("/proc/self/exe", argv);
  const std::span<char*> arguments(argv, std::size_t(argc));
  if (std::ranges::any_of(arguments, [](std::string_view word) { return word == "--curve"; })) {
    stepwise::print_curve();
    return 0;
  }
  benchmark::Initialize(&argc, argv);
  if (benchmark::ReportUnrecognizedArguments(argc, argv)) return 2;
  stepwise::add_network_lines();
  stepwise::add_session_lines();
  stepwise::add_window_lines();
  stepwise::add_latency_lines();
  stepwise::add_fill_in_lines();
  stepwise::add_reference_lines();
  stepwise::Markdown table;
  benchmark::RunSpecifiedBenchmarks(&table);
}
