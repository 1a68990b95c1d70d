using System.Text.Json;

namespace TaskGrain.Tests.Cli;

public sealed class BenchModelWorkerTests
{
    /// <summary>With this variable oneDNN prints a line for every operation on standard output.</summary>
    [Fact]
    public void What_a_library_prints_does_not_reach_the_measurement()
    {
        using var folder = new TemporaryFolder();
        string file = folder.File("time.json");

        var (exit, output, errors) = TaskGrainProgram.RunWith(
            new() { ["ONEDNN_VERBOSE"] = "1" },
            "bench",
            "model-worker",
            "Float32",
            "Inference",
            "--architecture",
            "M(8-0)",
            "--frames",
            "4",
            "--batch",
            "1",
            "--repeats",
            "3",
            "--out",
            file
        );

        Assert.True(exit == 0, errors);
        Assert.Contains("onednn_verbose", output, StringComparison.Ordinal);
        using JsonDocument json = JsonDocument.Parse(File.ReadAllText(file));
        Assert.Equal(3, json.RootElement.GetProperty("milliseconds").GetArrayLength());
    }
}
