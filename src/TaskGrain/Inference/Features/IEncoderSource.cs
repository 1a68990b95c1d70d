namespace TaskGrain.Inference.Features;

/// <summary>A source that is an encoder of ours.</summary>
internal interface IEncoderSource : IFeatureSource
{
    /// <summary>The encoder in use.</summary>
    InferenceSession Session { get; }

    /// <summary>Rate and windows.</summary>
    FeatureOptions Options { get; }
}
