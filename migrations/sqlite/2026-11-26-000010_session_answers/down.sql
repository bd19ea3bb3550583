DROP TABLE session_answer;
