namespace TaskGrain.Evaluation;

/// <summary>What a model said about one clip of an evaluation, beside the truth.</summary>
/// <param name="Id">The clip.</param>
/// <param name="Truth">Its true class at the model's grain.</param>
/// <param name="Predicted">The likeliest class; null for a model without a classifier.</param>
/// <param name="Probability">Its probability; null likewise.</param>
/// <param name="TrueCaption">The true caption at the model's grain; null for a model without captions.</param>
/// <param name="Caption">The generated caption; null likewise.</param>
public sealed record ClipResult(
    string Id,
    string Truth,
    string? Predicted,
    double? Probability,
    string? TrueCaption,
    string? Caption
);
