package org.passkeygraft.servers.wars.neighbour;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;

/** An entity of the application's. */
@Entity
public class Note {
    @Id
    private long id;

    private String text = "";

    protected Note() {}

    public Note(long id, String text) {
        this.id = id;
        this.text = text;
    }

    public String text() {
        return text;
    }
}
