namespace TaskGrain.Data;

/// <summary>A clip of the store with its targets, seen as it is and mirrored.</summary>
/// <param name="StoreIndex">Its number in the frame store.</param>
/// <param name="Target">What it is to be recognised as.</param>
/// <param name="Mirrored">
/// What its mirror image is: a label that names a direction names the other one. Null when it must not be mirrored.
/// </param>
internal sealed record TrainingExample(int StoreIndex, ExampleTarget Target, ExampleTarget? Mirrored);

/// <summary>What a clip is to be recognised as.</summary>
/// <param name="Class">Index into the model's classes.</param>
/// <param name="Caption">(L), token ids without GO, filled up with END; null at the action grains.</param>
internal sealed record ExampleTarget(int Class, int[]? Caption);
