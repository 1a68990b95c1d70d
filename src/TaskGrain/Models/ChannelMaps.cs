using static TorchSharp.torch;

namespace TaskGrain.Models;

/// <summary>
/// The last convolution's map of each channel, where the paper's Grad-CAM looks. A channel that the architecture
/// leaves out is null.
/// </summary>
/// <param name="Map2D">(N, Features2D, T, h, w) of the 2D channel, in the encoder's compute format.</param>
/// <param name="Map3D">(N, Features3D, T, h, w) of the 3D channel, in the encoder's compute format.</param>
internal sealed record ChannelMaps(Tensor? Map2D, Tensor? Map3D);
