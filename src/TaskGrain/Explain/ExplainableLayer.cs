namespace TaskGrain.Explain;

/// <summary>A place in a network whose maps can be looked at.</summary>
/// <param name="Name">Its name for <see cref="ExplainOptions.Layer"/>, such as <c>conv4</c> or <c>3d.conv4</c>.</param>
/// <param name="Description">What it is, for people.</param>
/// <param name="Height">Rows of its map: how finely it tells places apart.</param>
/// <param name="Width">Columns of its map.</param>
public sealed record ExplainableLayer(string Name, string Description, int Height, int Width);
