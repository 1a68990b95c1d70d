using TaskGrain.Training;

namespace TaskGrain.Tests.Training;

[Collection(nameof(TrainingCollection))]
public sealed class TrainerTests
{
    [Fact]
    public void A_classifier_learns_a_tiny_set_by_heart()
    {
        using var folder = new TemporaryFolder();
        TinyWorld.Write(folder.File("store"), training: 16);

        TrainingResult result = Trainer.Run(new TrainingRequest
        {
            Store = folder.File("store"),
            Out = folder.File("run"),
            Configuration = new ConfigurationLayers().WithPreset(RunPreset.Micro).WithSetting("training.epochs=12").WithSetting("machine.threads=2"),
        }, new TrainingObserver { Epochs = new Immediate<EpochReport>(e => TestContext.Current.SendDiagnosticMessage(e.ToString())) });

        TestContext.Current.SendDiagnosticMessage(result.ToString());
        Assert.Equal(1.0, result.BestValidation.Top1);
    }
}
