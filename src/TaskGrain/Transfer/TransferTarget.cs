using TaskGrain.Data;
using TaskGrain.Labels;
using TaskGrain.Video;

namespace TaskGrain.Transfer;

/// <summary>A labelled clip of the task that features are carried over to.</summary>
/// <param name="Id">Its name, unique.</param>
/// <param name="Split">What it is for.</param>
/// <param name="Class">Index into the target's classes; −1 for a clip without a label.</param>
internal sealed record TargetClip(string Id, Split Split, int Class);

/// <summary>
/// The clips of a target task, from a data set's folder (videos are decoded in the format a source asks for), from
/// a frame store (whose format must be the one a source asks for), or made on request.
/// </summary>
internal sealed class TransferTarget : IDisposable
{
    private readonly DataSet _data;
    private readonly FrameStore? _store;
    private readonly Func<Annotation, FrameFormat, VideoFrames>? _make;
    private readonly Annotation[] _annotations;

    private TransferTarget(LabelledStore store)
        : this(store.DataSet, store.Frames) { }

    private TransferTarget(DataSet data, FrameStore? store, Func<Annotation, FrameFormat, VideoFrames>? make = null)
    {
        _data = data;
        _store = store;
        _make = make;
        _annotations =
        [
            .. data.Annotations.Where(annotation => store is null || store.TryIndexOf(annotation.Id, out _)),
        ];
        Clips =
        [
            .. _annotations.Select(annotation => new TargetClip(annotation.Id, annotation.Split, annotation.Category)),
        ];
    }

    /// <summary>The data set's name.</summary>
    public string Name => _data.Name;

    /// <summary>The classes' names.</summary>
    public IReadOnlyList<string> Classes => _data.Taxonomy.Categories;

    /// <summary>All clips, in the data set's order.</summary>
    public IReadOnlyList<TargetClip> Clips { get; }

    /// <summary>The only format that clips can be read in; null for any.</summary>
    public FrameFormat? StoredFormat => _store?.Format;

    /// <summary>Clips of the data set that the frame store lacks.</summary>
    public int MissingClips => _data.Annotations.Count - _annotations.Length;

    /// <summary>Opens a target.</summary>
    /// <param name="folder">A data set in any supported form, or a frame store packed from one.</param>
    /// <returns>The target.</returns>
    /// <exception cref="TaskGrainException">It is neither, or has no usable clip.</exception>
    public static TransferTarget Open(string folder)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        return LabelledStore.Exists(folder)
            ? new TransferTarget(LabelledStore.Open(folder))
            : new TransferTarget(DataSet.Open(folder), null);
    }

    /// <summary>A target whose frames are made when they are asked for, in any format.</summary>
    /// <param name="data">The clips.</param>
    /// <param name="make">Makes a clip's frames; called from other threads, one clip at a time.</param>
    /// <returns>The target.</returns>
    public static TransferTarget Of(DataSet data, Func<Annotation, FrameFormat, VideoFrames> make) =>
        new(data, null, make);

    /// <summary>Reads a clip's frames.</summary>
    /// <param name="clip">Index into <see cref="Clips"/>.</param>
    /// <param name="format">Size and rate.</param>
    /// <param name="cancel">Stops the decoding.</param>
    /// <returns>All of its frames.</returns>
    /// <exception cref="TaskGrainException">
    /// The video cannot be read, or the store was packed in another format.
    /// </exception>
    public VideoFrames Read(int clip, FrameFormat format, CancellationToken cancel = default)
    {
        Annotation annotation = _annotations[clip];
        if (_make is not null)
        {
            return _make(annotation, format);
        }

        if (_store is null)
        {
            return VideoReader.Read(_data.MediaPath(annotation), format, cancel);
        }

        if (_store.Format != format)
        {
            throw new TaskGrainException(
                $"{_store.Folder} was packed as {_store.Format}, and the source reads {format}; pack it in that "
                    + $"format, or give the data set's folder instead."
            );
        }

        return _store.TryIndexOf(annotation.Id, out int index)
            ? _store.Read(index)
            : throw new TaskGrainException($"{_store.Folder} has no clip '{annotation.Id}'.");
    }

    /// <summary>Closes the frame store.</summary>
    public void Dispose() => _store?.Dispose();
}
