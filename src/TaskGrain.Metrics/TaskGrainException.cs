namespace TaskGrain;

/// <summary>
/// A fault that the person at the keyboard can mend: bad input, a missing file, a machine that lacks something.
/// The message names the file, the value and what would be right. Faults of the program itself are other exceptions.
/// </summary>
public sealed class TaskGrainException : Exception
{
    /// <summary>Makes an exception with a message for people.</summary>
    /// <param name="message">What is wrong, where, and what would be right.</param>
    public TaskGrainException(string message)
        : base(message) { }

    /// <summary>Makes an exception with a message for people and the fault behind it.</summary>
    /// <param name="message">What is wrong, where, and what would be right.</param>
    /// <param name="innerException">The fault that led to this one.</param>
    public TaskGrainException(string message, Exception innerException)
        : base(message, innerException) { }
}
