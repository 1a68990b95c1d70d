using TaskGrain.Models;
using TaskGrain.Training;

namespace TaskGrain.Tests.Training;

/// <summary>Shared by the tests that train.</summary>
internal static class TrainingRuns
{
    /// <summary>A request for the micro preset with some values changed.</summary>
    public static TrainingRequest Micro(TemporaryFolder folder, string output, params string[] settings)
    {
        var layers = new ConfigurationLayers().WithPreset(RunPreset.Micro);
        foreach (string setting in settings)
        {
            layers.WithSetting(setting);
        }

        return new TrainingRequest
        {
            Store = folder.File("store"),
            Out = folder.File(output),
            Configuration = layers,
        };
    }

    /// <summary>Trains until an epoch's validation is good enough; fails when the run ends before that.</summary>
    /// <returns>That validation, by which the run's best model is chosen.</returns>
    public static ValidationReport TrainUntil(Func<ValidationReport, bool> learnt, TrainingRequest request)
    {
        using var enough = new CancellationTokenSource();
        ValidationReport? last = null;
        var observer = new TrainingObserver
        {
            Epochs = new Immediate<EpochReport>(epoch =>
            {
                last = epoch.Validation;
                if (learnt(last))
                {
                    enough.Cancel();
                }
            }),
        };
        try
        {
            TrainingResult result = Trainer.Run(request, observer, enough.Token);
            Assert.True(learnt(last!), $"not learnt: {result}");
        }
        catch (OperationCanceledException) when (enough.IsCancellationRequested)
        {
            // Learnt before the last epoch.
        }

        return last!;
    }

    /// <summary>All tensors of a run's last checkpoint: weights, batch statistics, moments.</summary>
    public static Dictionary<string, byte[]> LastTensors(string runFolder) =>
        Tensors(Path.Combine(runFolder, "last.safetensors"));

    public static Dictionary<string, byte[]> Tensors(string file)
    {
        using SafetensorsFile content = Safetensors.Read(file);
        return content.Tensors.ToDictionary(
            tensor => tensor.Key,
            tensor => tensor.Value.bytes.ToArray(),
            StringComparer.Ordinal
        );
    }

    /// <summary>
    /// Fails unless two runs ended with the same tensors, bit for bit, and the same history but for timings.
    /// </summary>
    public static void AssertSame(string expectedFolder, string actualFolder)
    {
        foreach (string file in new[] { "last.safetensors", "best.safetensors" })
        {
            Dictionary<string, byte[]> expected = Tensors(Path.Combine(expectedFolder, file));
            Dictionary<string, byte[]> actual = Tensors(Path.Combine(actualFolder, file));
            Assert.Equal(expected.Keys.Order(StringComparer.Ordinal), actual.Keys.Order(StringComparer.Ordinal));
            Assert.All(
                expected,
                tensor =>
                    Assert.True(
                        tensor.Value.AsSpan().SequenceEqual(actual[tensor.Key]),
                        $"{file}: {tensor.Key} differs"
                    )
            );
        }

        Assert.Equal(Untimed(expectedFolder), Untimed(actualFolder));
    }

    private static string[] Untimed(string folder) =>
        [
            .. File.ReadAllLines(Path.Combine(folder, "metrics.csv"))
                .Select(line => string.Join(',', line.Split(',')[..^3])),
        ];
}
