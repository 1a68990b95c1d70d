namespace TaskGrain.Models.Weights.Pickle;

/// <summary>
/// What a pickle may name and call. The machine itself knows no class at all: whatever a file asks for is asked for
/// here, and refused by a <see cref="PickleException"/>.
/// </summary>
internal interface IPickleRules
{
    /// <summary>A class or function that the file names.</summary>
    /// <returns>What stands for it on the stack.</returns>
    object Global(string module, string name);

    /// <summary>A call of something that <see cref="Global"/> returned.</summary>
    /// <param name="callee">What is called.</param>
    /// <param name="arguments">The arguments.</param>
    /// <param name="charge">
    /// Must be told how many values the call copies, so that a small file cannot ask for endless copies.
    /// </param>
    object? Call(object? callee, object?[] arguments, Action<long> charge);

    /// <summary>State set on an object after it was made.</summary>
    void Build(object? target, object? state);

    /// <summary>An object that lies outside of the pickle.</summary>
    object Persistent(object? id);
}
