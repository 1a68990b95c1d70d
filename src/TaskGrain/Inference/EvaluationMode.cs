using TaskGrain.Models;
using static TorchSharp.torch;

namespace TaskGrain.Inference;

/// <summary>
/// Puts a model into evaluation for as long as it lives: no dropout, running batch statistics, no gradients. The
/// model's own mode comes back afterwards, whatever happens in between. Belongs to the thread that made it.
/// </summary>
internal sealed class EvaluationMode : IDisposable
{
    private readonly VideoModel _model;
    private readonly bool _wasTraining;
    private readonly IDisposable _frozen;

    /// <param name="model">The model; its parts are all in one mode.</param>
    public EvaluationMode(VideoModel model)
    {
        ArgumentNullException.ThrowIfNull(model);
        _model = model;
        _wasTraining = model.Encoder.training;
        model.SetTraining(false);
        _frozen = inference_mode();
    }

    public void Dispose()
    {
        _frozen.Dispose();
        _model.SetTraining(_wasTraining);
    }
}
