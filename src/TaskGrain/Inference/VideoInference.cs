namespace TaskGrain.Inference;

/// <summary>What a model says about one whole video.</summary>
/// <param name="Features">(D): the encoder's features, averaged over time.</param>
/// <param name="Probabilities">One a class; null where no head names classes.</param>
/// <param name="Caption">The caption; null without a decoder, or when none was asked for.</param>
/// <param name="Clips">Clips that were averaged; 1 for a taught head, which reads the video as a whole.</param>
internal sealed record VideoInference(float[] Features, float[]? Probabilities, string? Caption, int Clips);
