using TaskGrain.Evaluation;
using TaskGrain.Explain.Reports;
using TaskGrain.Models.Heads;
using TaskGrain.Transfer.Benchmark;
using TaskGrain.Transfer.Teaching;

namespace TaskGrain.Tests.Explain.Reports;

public sealed class RunFolderTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void An_evaluation_is_read_as_it_was_written()
    {
        EvaluationReport written = SomeReports.Evaluation(
            ["a, \"quoted\"", "two\nlines"],
            ("x,1", 0, 0),
            ("y", 0, 1),
            ("z", 1, 1)
        );
        EvaluationFiles.Write(written, Path.Combine(_folder.Path, "evaluation"));

        EvaluationReport read = RunFolder.Open(_folder.Path).Evaluation!;

        Assert.Equal(written.Results, read.Results);
        Assert.Equal(written.Confusion!.ToCsv(), read.Confusion!.ToCsv());
        Assert.Equal((3, 2), (read.Confusion.Samples, read.Confusion.Correct));
        Assert.Equal(written.Accuracies, read.Accuracies);
    }

    [Fact]
    public void A_teaching_below_the_folder_belongs_to_the_run_as_the_demo_keeps_it()
    {
        File.WriteAllText(
            Directory.CreateDirectory(Path.Combine(_folder.Path, "taught")).FullName + "/teach.json",
            "{}"
        );

        // It is found, and damaged.
        var fault = Assert.Throws<TaskGrainException>(() => RunFolder.Open(_folder.Path));
        Assert.Contains("teach.json", fault.Message, StringComparison.Ordinal);
        Assert.Contains("the report of a teaching, damaged", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_teaching_has_its_matrix_and_its_doubtful_clips_on_the_page()
    {
        TeachText.Write(
            new TeachReport
            {
                Classes = ["wave", "clap"],
                ClipsPerClass = [2, 3],
                Source = "base",
                Classifier = "logistic",
                Candidates = [new ClassifierCandidate("base", "logistic", 0.8, Interval.Wilson(4, 5), 0.4)],
                ExpectedAccuracy = 0.8,
                ExpectedInterval = Interval.Wilson(4, 5),
                Folds = 2,
                Confusion =
                [
                    [2, 0],
                    [1, 2],
                ],
                Doubtful = [new DoubtfulClip("clap/odd.mp4", "clap", "wave", 0.1, 0.9)],
                Problems = [],
                ExtractionSeconds = 1,
                TrainingSeconds = 1,
            },
            _folder.Path
        );

        string html = Page();

        Assert.Contains("aria-label=\"1 of 3 clips of clap taken for wave\"", html, StringComparison.Ordinal);
        Assert.Contains("clap/odd.mp4", html, StringComparison.Ordinal);
    }

    [Fact]
    public void A_transfer_has_its_accuracies_on_the_page()
    {
        TransferReport.Write(
            new TransferResults
            {
                Target = "kitchen",
                Classes = 4,
                TrainClips = 8,
                FullShots = 2,
                TestClips = 10,
                Runs = 1,
                Seed = 1,
                LeftOut = 0,
                Sources = [new TransferSourceRow("ours", "an encoder", "1")],
                Classifiers = [ClassifierKind.LogisticRegression],
                Shots = [new ShotCount(1), ShotCount.Full],
                Rows =
                [
                    new TransferRow("ours", ClassifierKind.LogisticRegression, new ShotCount(1), [3], 10),
                    new TransferRow("ours", ClassifierKind.LogisticRegression, ShotCount.Full, [7], 10),
                ],
                SourceComparisons = [],
                ClassifierComparisons = [],
            },
            _folder.Path
        );

        string html = Page();

        Assert.Contains(
            "<th scope=\"row\" class=\"text\">ours</th><td class=\"number\">30.0</td><td class=\"number\">70.0</td>",
            html,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void Another_folder_is_refused_with_what_a_run_has()
    {
        var fault = Assert.Throws<TaskGrainException>(() => RunFolder.Open(_folder.Path));

        Assert.Contains(_folder.Path, fault.Message, StringComparison.Ordinal);
        Assert.Contains("config.json and history.json", fault.Message, StringComparison.Ordinal);
        Assert.Contains("teach.json", fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("report.json", "{")]
    [InlineData("predictions.csv", "clip\n\"open")]
    [InlineData("predictions.csv", "clip\n1,2")]
    [InlineData("confusion.csv", "true,a\na,x")]
    [InlineData("confusion.csv", "true,a\na,1,2")]
    public void A_damaged_file_is_named(string name, string content)
    {
        EvaluationFiles.Write(SomeReports.Evaluation(["a"], ("1", 0, 0)), _folder.Path);
        File.WriteAllText(_folder.File(name), content);

        var fault = Assert.Throws<TaskGrainException>(() => RunFolder.Open(_folder.Path));

        Assert.Contains(name, fault.Message, StringComparison.Ordinal);
    }

    private string Page() =>
        PageHtml.Of(RunReport.Compose(RunFolder.Open(_folder.Path), store: null, model: null, new ReportOptions()));
}
