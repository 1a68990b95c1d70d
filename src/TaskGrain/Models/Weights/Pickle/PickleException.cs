namespace TaskGrain.Models.Weights.Pickle;

/// <summary>A pickle that is damaged, or that asks for something this reader does not do.</summary>
/// <param name="message">Why, without the file's name.</param>
internal sealed class PickleException(string message) : Exception(message);
