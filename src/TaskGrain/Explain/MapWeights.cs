namespace TaskGrain.Explain;

/// <summary>With what a layer's cells are weighted before its channels are added up.</summary>
public enum MapWeights
{
    /// <summary>
    /// Every cell with its own gradient (HiResCAM, Draelos and Carin 2020): the map is what the cells contribute to the
    /// score. Behind the layer the network may pool: then only the cells that were chosen count.
    /// </summary>
    Cells,

    /// <summary>
    /// A weight a channel and frame, the mean of the frame's gradients: what the authors of the paper do for classes.
    /// </summary>
    Frames,

    /// <summary>A weight a channel, the mean of all gradients: Grad-CAM as it is for images.</summary>
    Clip,
}
