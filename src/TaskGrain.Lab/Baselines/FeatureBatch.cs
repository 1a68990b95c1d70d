using static TorchSharp.torch;

namespace TaskGrain.Lab.Baselines;

/// <summary>Some clips as the baselines read them.</summary>
/// <param name="Features">(N, T, D), float32, standardised.</param>
/// <param name="Classes">(N), int64.</param>
/// <param name="Captions">(N, L), int64 token ids; null where no captions are learned.</param>
internal readonly record struct FeatureBatch(Tensor Features, Tensor Classes, Tensor? Captions);

/// <summary>A clip of a split.</summary>
/// <param name="Entry">Its place in the feature store.</param>
/// <param name="Class">Its category.</param>
/// <param name="Caption">Its caption in words; null where it has none.</param>
/// <param name="Tokens">The caption as token ids; null likewise.</param>
internal sealed record BaselineClip(int Entry, int Class, string? Caption, int[]? Tokens);
