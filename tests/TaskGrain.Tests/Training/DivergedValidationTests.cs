using TaskGrain.Training;

namespace TaskGrain.Tests.Training;

/// <summary>One step an epoch, whose loss is finite and whose update leaves weights that cannot be measured.</summary>
[Collection(nameof(TrainingCollection))]
public sealed class DivergedValidationTests
{
    [Fact]
    public void A_validation_that_gives_no_number_ends_the_run_without_a_best_model()
    {
        using var folder = new TemporaryFolder();

        var fault = Assert.Throws<TaskGrainException>(() =>
            Train(folder, "training.learningRate=99999999999", "training.epochs=2")
        );

        Assert.Matches("epoch 1.*not (a )?finite.*, so training stopped", fault.Message);
        Assert.False(File.Exists(folder.File("run/best.safetensors")));
    }

    [Fact]
    public void A_batch_larger_than_the_set_is_the_set()
    {
        using var folder = new TemporaryFolder();

        TrainingResult result = Train(folder, "training.batchSize=2147483647", "training.epochs=2");

        Assert.Equal((2L, 2), (result.Steps, result.Epochs));
        Assert.True(double.IsFinite(HistoryFiles.Read(folder.File("run"))[1].Loss));
    }

    private static TrainingResult Train(TemporaryFolder folder, params string[] settings)
    {
        ConfigurationLayers layers = new ConfigurationLayers().WithPreset(RunPreset.Micro);
        foreach (string setting in (string[])["clip.frames=4", "machine.precision=\"float32\"", .. settings])
        {
            layers.WithSetting(setting);
        }

        return Trainer.Run(
            new TrainingRequest
            {
                Store = TestData.File("formats-1/store"),
                Out = folder.File("run"),
                Configuration = layers,
            }
        );
    }
}
