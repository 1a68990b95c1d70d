using System.Text.Json;
using TaskGrain.Evaluation;
using TaskGrain.Models;
using TaskGrain.Tests.Explain.Reports;

namespace TaskGrain.Tests.Cli;

public sealed class ReportCommandTests
{
    [Fact]
    public void An_evaluation_becomes_a_page_with_pictures_and_what_spoke_for_the_answers()
    {
        using var world = new TinyWorld();
        string run = Path.Combine(world.Folder, "run");
        EvaluationFiles.Write(SomeReports.Of(world), run);
        string file = Path.Combine(world.Folder, "model.safetensors");
        using (VideoModel model = world.Model())
        {
            model.Save(file);
        }

        var (exit, output, errors) = InProcess.Run(
            "report",
            run,
            "--store",
            world.StoreFolder,
            "--model",
            file,
            "--examples",
            "1",
            "--json"
        );

        Assert.True(exit == 0, errors);
        using JsonDocument json = JsonDocument.Parse(output);
        Assert.Equal(Path.Combine(run, "report.html"), json.RootElement.GetProperty("file").GetString());
        string html = File.ReadAllText(Path.Combine(run, "report.html"));
        Assert.Contains("6 of 6 clips have a picture", html, StringComparison.Ordinal);
        Assert.Equal(2, html.Split("bright where and when they speak for").Length - 1);
    }

    [Fact]
    public void A_folder_that_is_no_run_is_refused()
    {
        using var folder = new TemporaryFolder();

        var (exit, _, errors) = InProcess.Run("report", folder.Path);

        Assert.Equal(1, exit);
        Assert.Contains("this is not the folder of a run", errors, StringComparison.Ordinal);
    }
}
