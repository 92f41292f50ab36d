import ArgumentParser
import Vocabulary

/// Reads the words of the command line that are types of the program; what does not fit is explained by the type's own error.
enum Word {
    /// One of a few words, by its name.
    static func named<Value: CaseIterable & RawRepresentable<String>>(
        _ text: String, _ description: (Value) -> String
    ) throws -> Value {
        guard let value = Value(rawValue: text.lowercased()) else {
            throw ValidationError("there is: " + Value.allCases.map(description).joined(separator: ", ") + ".")
        }
        return value
    }

    static func explained<Value>(_ parse: () throws -> Value) throws -> Value {
        do {
            return try parse()
        } catch let error as any ExplainedError {
            throw ValidationError("\(error.description.asSentence) \(error.hint)")
        }
    }
}
